-- articles_to_file: articles of the news items of which something was read since they were resolved last: whether they
-- are new to resolving, and whether they count among the articles of their item. Items in order, so many of them.
-- parameters: reader_version, items_count
WITH items AS MATERIALIZED (
    SELECT item_id, min(coalesce(published_at, first_seen_at)) AS first_at
    FROM core.articles
    ANTI JOIN (SELECT article_id FROM core.filed_articles WHERE reader_version = $reader_version) AS filed USING (article_id)
    WHERE reader_version = $reader_version
    GROUP BY item_id
    ORDER BY first_at, item_id
    LIMIT $items_count
),

of_items AS MATERIALIZED (
    SELECT
        rowid AS place,
        article_id,
        item_id,
        row_number() OVER (
            PARTITION BY item_id
            ORDER BY
                NOT has_body,
                CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
                retrieved_at DESC,
                article_id
        ) = 1 AS is_counting
    FROM core.articles
    WHERE reader_version = $reader_version AND item_id IN (SELECT item_id FROM items)
),

seen AS MATERIALIZED (
    SELECT article_id
    FROM core.filed_articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM of_items)
),

chosen AS MATERIALIZED (
    SELECT of_items.place, items.first_at, seen.article_id IS NULL AS is_new, of_items.is_counting
    FROM of_items
    JOIN items USING (item_id)
    LEFT JOIN seen USING (article_id)
)

-- texts are fetched for the rows that were chosen: DuckDB would unpack those of all articles to choose with them
SELECT
    articles.article_id,
    articles.title,
    articles.body,
    articles.publisher,
    articles.published_at,
    articles.first_seen_at,
    articles.content_hash,
    chosen.is_new,
    chosen.is_counting
FROM core.articles
JOIN chosen ON chosen.place = articles.rowid
WHERE articles.rowid IN (SELECT place FROM chosen)
ORDER BY chosen.first_at, articles.item_id, articles.article_id
