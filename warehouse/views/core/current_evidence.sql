-- core.current_evidence: the claims that deals stand on, each with its article; only articles that count, read by the
-- current version of the reader.
-- grain: one resolved claim
-- key: deal_mention_id
-- units: none
-- reader: the marts of deals
SELECT
    deal_evidence.deal_id,
    deal_evidence.deal_mention_id,
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
FROM core.deal_evidence
JOIN core.current_reader_version USING (reader_version)
JOIN core.deal_mentions USING (deal_mention_id, reader_version)
JOIN core.current_articles USING (article_id, reader_version)
