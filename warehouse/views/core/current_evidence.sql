-- core.current_evidence: the claims that deals stand on, each with its article; only articles that count, read by the
-- current version of the reader. Claims of a merged deal count for the one it was merged into, those of a withdrawn one
-- do not.
-- grain: one resolved claim
-- key: deal_mention_id
-- units: none
-- reader: the marts of deals
WITH decisions AS (
    SELECT deal_evidence.deal_mention_id, deal_evidence.reader_version, deal_evidence.deal_id
    FROM core.deal_evidence
    JOIN core.current_reader_version USING (reader_version)
    QUALIFY row_number() OVER (PARTITION BY deal_evidence.deal_mention_id ORDER BY deal_evidence.decision DESC) = 1
)

SELECT
    coalesce(current_endings.into_deal_id, decisions.deal_id) AS deal_id,
    decisions.deal_mention_id,
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
FROM decisions
LEFT JOIN core.current_endings USING (deal_id)
JOIN core.deal_mentions USING (deal_mention_id, reader_version)
JOIN core.current_articles USING (article_id, reader_version)
WHERE decisions.deal_id IS NOT NULL
  AND (current_endings.kind IS NULL OR current_endings.kind = 'merged')
