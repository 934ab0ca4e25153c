-- articles_to_file: articles of the news items of which something was read since they were resolved last: whether they
-- are new to resolving, and whether they count among the articles of their item. Items in order, so many of them.
-- parameters: reader_version, items_count
WITH items AS (
    SELECT item_id, min(coalesce(published_at, first_seen_at)) AS first_at
    FROM core.articles
    WHERE reader_version = $reader_version
      AND NOT EXISTS (
          SELECT 1
          FROM core.filed_articles
          WHERE filed_articles.article_id = articles.article_id
            AND filed_articles.reader_version = articles.reader_version
      )
    GROUP BY item_id
    ORDER BY first_at, item_id
    LIMIT $items_count
),

chosen AS (
    SELECT
        articles.rowid AS place,
        items.first_at,
        filed_articles.article_id IS NULL AS is_new,
        row_number() OVER (
            PARTITION BY articles.item_id
            ORDER BY
                NOT articles.has_body,
                CASE articles.kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
                articles.retrieved_at DESC,
                articles.article_id
        ) = 1 AS is_counting
    FROM core.articles
    JOIN items USING (item_id)
    LEFT JOIN core.filed_articles
        ON filed_articles.article_id = articles.article_id AND filed_articles.reader_version = articles.reader_version
    WHERE articles.reader_version = $reader_version
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
