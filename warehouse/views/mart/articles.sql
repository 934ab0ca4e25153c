-- mart.articles: the news that was read, without its text.
-- grain: one news item
-- key: article_id
-- units: times in UTC
-- reader: dashboard, BI tools
WITH deals_told AS (
    SELECT article_id, count(DISTINCT deal_id) AS deals_count
    FROM core.current_evidence
    GROUP BY article_id
)

SELECT
    current_articles.article_id,
    current_articles.item_id,
    current_articles.title,
    current_articles.publisher,
    current_articles.url,
    current_articles.language,
    current_articles.published_on,
    current_articles.published_at AT TIME ZONE 'UTC' AS published_at,
    current_articles.first_seen_at AT TIME ZONE 'UTC' AS first_seen_at,
    current_stories.story_id,
    coalesce(deals_told.deals_count, 0) AS deals_count,
    current_articles.kind,
    current_articles.is_truncated,
    current_articles.told_published_at AT TIME ZONE 'UTC' AS told_published_at,
    current_articles.date_quality
FROM core.current_articles
JOIN core.current_reader_version USING (reader_version)
LEFT JOIN core.current_stories USING (article_id, reader_version)
LEFT JOIN deals_told USING (article_id)
