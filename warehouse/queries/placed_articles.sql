-- placed_articles: these articles and the others of their news items: which of them count, and where each stands.
-- parameters: reader_version, ids (article_id)
WITH items AS (
    SELECT DISTINCT item_id
    FROM core.articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($ids::VARCHAR[]))
),

ranked AS (
    SELECT
        article_id,
        item_id,
        coalesce(published_at, first_seen_at) AS as_of_at,
        row_number() OVER (
            PARTITION BY item_id
            ORDER BY
                NOT has_body,
                CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
                retrieved_at DESC,
                article_id
        ) = 1 AS is_current
    FROM core.articles
    WHERE rowid IN (
        SELECT articles.rowid FROM core.articles SEMI JOIN items USING (item_id) WHERE reader_version = $reader_version
    )
),

placed AS (
    SELECT article_id, story_id
    FROM core.stories
    WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM ranked)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY placement DESC) = 1
),

begun AS (
    SELECT story_id, min(recorded_at) AS story_since
    FROM core.stories
    WHERE reader_version = $reader_version AND story_id IN (SELECT story_id FROM placed)
    GROUP BY story_id
)

SELECT ranked.article_id, ranked.item_id, ranked.as_of_at AS as_of, is_current, placed.story_id, begun.story_since
FROM ranked
LEFT JOIN placed USING (article_id)
LEFT JOIN begun USING (story_id)
ORDER BY ranked.article_id
