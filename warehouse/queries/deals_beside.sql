-- deals_beside: the deals that are told in these articles, or in an article beside one of these deals, with how many
-- claims were read of each and when the last of them was made.
-- parameters: reader_version, deal_ids, article_ids
WITH decided AS MATERIALIZED (
    SELECT deal_mention_id, deal_id FROM core.last_decisions WHERE reader_version = $reader_version AND deal_id IS NOT NULL
),

articles AS MATERIALIZED (
    SELECT unnest($article_ids::VARCHAR[]) AS article_id
    UNION
    SELECT article_id
    FROM core.deal_mentions
    WHERE reader_version = $reader_version
      AND deal_mention_id IN (
          SELECT deal_mention_id FROM decided WHERE deal_id IN (SELECT unnest($deal_ids::VARCHAR[]))
      )
),

beside AS MATERIALIZED (
    SELECT DISTINCT deal_id
    FROM decided
    WHERE deal_mention_id IN (
        SELECT deal_mention_id
        FROM core.deal_mentions
        WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM articles)
    )
),

told AS MATERIALIZED (
    SELECT deal_mention_id, deal_id FROM decided WHERE deal_id IN (SELECT deal_id FROM beside)
),

claims AS MATERIALIZED (
    SELECT deal_mention_id, article_id, rules
    FROM core.deal_mentions
    WHERE reader_version = $reader_version AND deal_mention_id IN (SELECT deal_mention_id FROM told)
),

sources AS MATERIALIZED (
    SELECT article_id, coalesce(published_at, first_seen_at) AS as_of_at
    FROM core.articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM claims)
)

SELECT
    told.deal_id,
    count(*) FILTER (claims.rules IS DISTINCT FROM 'recognised') AS read_count,
    count(*) AS claims_count,
    max(sources.as_of_at) AS last_told_at
FROM told
JOIN claims USING (deal_mention_id)
JOIN sources USING (article_id)
GROUP BY told.deal_id
ORDER BY told.deal_id
