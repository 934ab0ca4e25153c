-- story_articles: articles that count, with their story where they have one.
-- parameters: reader_version
SELECT
    current_articles.article_id,
    current_articles.title,
    articles.body,
    current_articles.publisher,
    current_articles.published_at,
    current_articles.first_seen_at,
    current_articles.content_hash,
    stories.story_id
FROM core.current_articles
JOIN core.articles USING (article_id, reader_version)
LEFT JOIN core.stories USING (article_id, reader_version)
WHERE reader_version = $reader_version
ORDER BY coalesce(current_articles.published_at, current_articles.first_seen_at), article_id
