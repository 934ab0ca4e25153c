-- deals_beside: the deals that are told in these articles, or in an article beside one of these deals, with how many
-- claims were read of each and when the last of them was made.
-- parameters: reader_version, deal_ids, article_ids
WITH articles AS (
    SELECT unnest($article_ids::VARCHAR[]) AS article_id
    UNION
    SELECT deal_mentions.article_id
    FROM core.last_decisions
    JOIN core.deal_mentions USING (deal_mention_id, reader_version)
    WHERE reader_version = $reader_version
      AND last_decisions.deal_id IN (SELECT unnest($deal_ids::VARCHAR[]))
),

beside AS (
    SELECT DISTINCT last_decisions.deal_id
    FROM core.deal_mentions
    JOIN articles USING (article_id)
    JOIN core.last_decisions USING (deal_mention_id, reader_version)
    WHERE reader_version = $reader_version
      AND last_decisions.deal_id IS NOT NULL
)

SELECT
    last_decisions.deal_id,
    count(*) FILTER (deal_mentions.rules IS DISTINCT FROM 'recognised') AS read_count,
    count(*) AS claims_count,
    max(coalesce(articles.published_at, articles.first_seen_at)) AS last_told_at
FROM core.last_decisions
JOIN beside USING (deal_id)
JOIN core.deal_mentions USING (deal_mention_id, reader_version)
JOIN core.articles USING (article_id, reader_version)
WHERE reader_version = $reader_version
GROUP BY last_decisions.deal_id
ORDER BY last_decisions.deal_id
