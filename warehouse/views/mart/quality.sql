-- mart.quality: how much was read in each month and how good it is.
-- grain: one month of publication, null for articles without a date
-- key: month
-- units: shares and confidence 0..1
-- reader: whoever looks after the pipeline, dashboard
WITH articles AS (
    SELECT
        CAST(date_trunc('month', published_on) AS DATE) AS month,
        count(*) AS articles_count,
        count(*) FILTER (is_truncated) AS truncated_count,
        count(*) FILTER (publisher IS NULL) AS unnamed_count,
        count(*) FILTER (deals_count > 0) AS telling_count
    FROM mart.articles
    GROUP BY ALL
),

deals AS (
    SELECT
        announced_month AS month,
        count(*) AS deals_count,
        count(*) FILTER (publishers_count > 1) AS several_publishers_count,
        count(*) FILTER (confidence < 0.5) AS doubtful_count,
        avg(confidence) AS confidence
    FROM mart.deals
    GROUP BY announced_month
)

SELECT
    coalesce(articles.month, deals.month) AS month,
    coalesce(articles.articles_count, 0) AS articles_count,
    coalesce(articles.truncated_count, 0) AS truncated_count,
    coalesce(articles.unnamed_count, 0) AS unnamed_count,
    coalesce(articles.telling_count, 0) AS telling_count,
    coalesce(deals.deals_count, 0) AS deals_count,
    coalesce(deals.several_publishers_count, 0) AS several_publishers_count,
    coalesce(deals.doubtful_count, 0) AS doubtful_count,
    round(deals.confidence, 6) AS confidence
FROM articles
FULL JOIN deals ON deals.month IS NOT DISTINCT FROM articles.month
