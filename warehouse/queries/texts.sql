-- texts: these articles, as far as they count among the articles of their news items.
-- parameters: reader_version, article_ids
WITH wanted AS (
    SELECT DISTINCT item_id
    FROM core.articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($article_ids::VARCHAR[]))
),

counting AS (
    SELECT rowid AS place, article_id
    FROM core.articles
    WHERE reader_version = $reader_version AND item_id IN (SELECT item_id FROM wanted)
    QUALIFY row_number() OVER (
        PARTITION BY item_id
        ORDER BY
            NOT has_body,
            CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
            retrieved_at DESC,
            article_id
    ) = 1
)

-- texts are fetched for the rows that were chosen: DuckDB would unpack those of all articles to choose with them
SELECT article_id, title, body, publisher, published_at, first_seen_at, content_hash
FROM core.articles
WHERE rowid IN (
    SELECT place FROM counting WHERE article_id IN (SELECT unnest($article_ids::VARCHAR[]))
)
ORDER BY article_id
