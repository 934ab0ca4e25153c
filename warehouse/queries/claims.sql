-- claims: deal mentions with what resolving needs to know of their articles, as they were made.
-- parameters: reader_version, ids (deal_mention_id)
SELECT
    deal_mentions.*,
    articles.published_at,
    articles.first_seen_at,
    articles.publisher,
    coalesce(filed_articles.is_own_word, false) AS is_own_word
FROM core.deal_mentions
JOIN core.articles USING (article_id, reader_version)
LEFT JOIN core.filed_articles USING (article_id, reader_version)
WHERE reader_version = $reader_version
  AND deal_mention_id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY coalesce(articles.published_at, articles.first_seen_at), deal_mention_id
