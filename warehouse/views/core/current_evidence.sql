-- core.current_evidence: the claims that deals stand on, each with its article; only articles that count, read by the
-- current version of the reader. Claims of a merged deal count for the one it was merged into, those of a withdrawn one
-- do not.
-- grain: one resolved claim
-- key: deal_mention_id
-- units: none
-- reader: the marts of deals
SELECT
    coalesce(current_endings.into_deal_id, last_decisions.deal_id) AS deal_id,
    last_decisions.deal_mention_id,
    deal_mentions.type,
    deal_mentions.status,
    deal_mentions.focus,
    deal_mentions.confidence,
    deal_mentions.rules,
    current_articles.article_id,
    current_articles.item_id,
    current_articles.title,
    current_articles.publisher,
    current_articles.url,
    current_articles.published_on,
    current_articles.first_seen_at
FROM core.last_decisions
JOIN core.current_reader_version USING (reader_version)
LEFT JOIN core.current_endings USING (deal_id)
JOIN core.deal_mentions USING (deal_mention_id, reader_version)
JOIN core.current_articles USING (article_id, reader_version)
WHERE last_decisions.deal_id IS NOT NULL
  AND (current_endings.kind IS NULL OR current_endings.kind = 'merged')
