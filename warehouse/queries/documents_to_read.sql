-- documents_to_read: the document of each news item that counts and that this version of the reader has not read.
-- A document that could not be read, or had no body, makes way for the next best of its item.
-- parameters: reader_version
WITH standings AS (
    SELECT
        documents.*,
        articles.article_id IS NOT NULL AS is_read,
        coalesce(NOT articles.has_body, false) AS is_bare,
        articles.article_id IS NULL AND EXISTS (
            SELECT 1
            FROM core.issues
            WHERE issues.subject_id = documents.document_id
              AND issues.stage IN ('parse', 'read')
              AND issues.reader_version = $reader_version
        ) AS is_unreadable
    FROM raw.documents
    LEFT JOIN core.articles
        ON articles.document_id = documents.document_id
        AND articles.item_id = documents.item_id
        AND articles.reader_version = $reader_version
),

counting AS (
    SELECT *
    FROM standings
    WHERE NOT is_unreadable
    QUALIFY row_number() OVER (
        PARTITION BY item_id
        ORDER BY
            is_bare,
            CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
            retrieved_at DESC,
            document_id
    ) = 1
)

SELECT
    document_id,
    item_id,
    kind,
    url,
    content_type,
    byte_count,
    retrieved_at,
    feed_id,
    entry_id,
    title,
    publisher,
    published_at
FROM counting
WHERE NOT is_read
ORDER BY coalesce(published_at, retrieved_at), document_id, item_id
