-- story_articles: articles as telling stories apart needs them. (The rows are chosen first, without their texts: DuckDB
-- would unpack the text of every article to choose by article_id.)
-- parameters: reader_version, ids (article_id)
SELECT article_id, title, body, publisher, published_at, first_seen_at, content_hash
FROM core.articles
WHERE rowid IN (
    SELECT rowid FROM core.articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($ids::VARCHAR[]))
)
ORDER BY coalesce(published_at, first_seen_at), article_id
