-- articles_to_place: articles that count and stand in no story yet, in order of publication. The rule of what counts is
-- that of core.current_articles, asked of the news items in question alone.
-- parameters: reader_version, most
WITH unplaced AS (
    SELECT article_id, item_id
    FROM core.articles
    ANTI JOIN core.stories USING (article_id, reader_version)
    WHERE reader_version = $reader_version
),

ranked AS (
    SELECT
        article_id,
        coalesce(published_at, first_seen_at) AS as_of_at,
        row_number() OVER (
            PARTITION BY item_id
            ORDER BY
                NOT has_body,
                CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
                retrieved_at DESC,
                article_id
        ) AS place
    FROM core.articles
    WHERE rowid IN (
        SELECT articles.rowid FROM core.articles SEMI JOIN unplaced USING (item_id) WHERE reader_version = $reader_version
    )
)

SELECT article_id
FROM ranked
SEMI JOIN unplaced USING (article_id)
WHERE place = 1
ORDER BY as_of_at, article_id
LIMIT $most
