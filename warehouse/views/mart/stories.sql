-- mart.stories: events, each told by one or many articles.
-- grain: one story
-- key: story_id
-- units: none
-- reader: dashboard, BI tools
WITH told AS (
    SELECT
        articles.story_id,
        articles.article_id,
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
    SELECT story_id, article_id
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY story_id ORDER BY published_at NULLS LAST, first_seen_at, article_id
    ) = 1
),

counted AS (
    SELECT
        story_id,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on,
        count(*) AS articles_count,
        count(DISTINCT family) AS publishers_count
    FROM told
    GROUP BY story_id
)

SELECT
    story_id,
    articles.title,
    articles.publisher,
    articles.url,
    counted.first_published_on,
    counted.last_published_on,
    counted.articles_count,
    counted.publishers_count,
    coalesce(deals_told.deals_count, 0) AS deals_count
FROM counted
JOIN first_told USING (story_id)
JOIN mart.articles AS articles ON articles.article_id = first_told.article_id
LEFT JOIN deals_told USING (story_id)
