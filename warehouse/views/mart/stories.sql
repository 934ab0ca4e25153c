-- mart.stories: events, each told by one or many articles.
-- grain: one story
-- key: story_id
-- units: none
-- reader: dashboard, BI tools
WITH told AS (
    SELECT
        articles.story_id,
        articles.article_id,
        articles.title,
        articles.publisher,
        articles.url,
        articles.published_on,
        articles.published_at,
        articles.first_seen_at,
        article_publishers.family
    FROM mart.articles AS articles
    LEFT JOIN (
        core.article_publishers JOIN core.current_reader_version USING (reader_version)
    ) AS article_publishers USING (article_id)
    WHERE articles.story_id IS NOT NULL
),

deals_told AS (
    SELECT told.story_id, count(DISTINCT current_evidence.deal_id) AS deals_count
    FROM told
    JOIN core.current_evidence USING (article_id)
    GROUP BY told.story_id
),

first_told AS (
    SELECT story_id, title, publisher, url
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY story_id ORDER BY published_at NULLS LAST, first_seen_at, article_id
    ) = 1
)

SELECT
    story_id,
    any_value(first_told.title) AS title,
    any_value(first_told.publisher) AS publisher,
    any_value(first_told.url) AS url,
    min(told.published_on) AS first_published_on,
    max(told.published_on) AS last_published_on,
    count(*) AS articles_count,
    count(DISTINCT told.family) AS publishers_count,
    coalesce(any_value(deals_told.deals_count), 0) AS deals_count
FROM told
JOIN first_told USING (story_id)
LEFT JOIN deals_told USING (story_id)
GROUP BY story_id
