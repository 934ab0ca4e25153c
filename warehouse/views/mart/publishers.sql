-- mart.publishers: who tells the news of deals: how often first, how fast, and how often others confirm it.
-- grain: one publisher, by the name that its articles bear
-- key: publisher
-- units: days; shares 0..1
-- reader: BI tools, whoever chooses feeds
WITH articles AS NOT MATERIALIZED (
    SELECT
        coalesce(article_publishers.publisher, '(unknown)') AS publisher,
        article_publishers.publisher_id,
        article_publishers.family,
        article_publishers.tier,
        article_publishers.article_id,
        article_publishers.published_at,
        article_publishers.published_on
    FROM core.article_publishers
    JOIN core.current_reader_version USING (reader_version)
),

published AS (
    SELECT
        publisher,
        min(publisher_id) AS publisher_id,
        min(family) AS family,
        min(tier) AS tier,
        count(*) AS articles_count,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on
    FROM articles
    GROUP BY publisher
),

-- each publisher's first report of each deal
reports AS (
    SELECT claims.deal_id, articles.publisher, min(articles.family) AS family, min(articles.published_at) AS told_at
    FROM core.current_evidence AS claims
    JOIN articles USING (article_id)
    WHERE claims.focus = 'primary' AND articles.published_at IS NOT NULL
    GROUP BY claims.deal_id, articles.publisher
),

deals_told AS (
    SELECT deal_id, min(told_at) AS first_told_at, count(DISTINCT family) AS families_count
    FROM reports
    GROUP BY deal_id
),

dealt AS (
    SELECT
        reports.publisher,
        count(*) AS deals_count,
        count(*) FILTER (reports.told_at = deals_told.first_told_at) AS firsts_count,
        median(
            CASE
                WHEN deals_told.families_count > 1
                    THEN date_diff('minute', deals_told.first_told_at, reports.told_at) / 1440.0
            END
        ) AS median_days_behind,
        avg(CASE WHEN deals_told.families_count > 1 THEN 1.0 ELSE 0.0 END) AS corroborated_share
    FROM reports
    JOIN deals_told USING (deal_id)
    GROUP BY reports.publisher
)

SELECT
    published.publisher,
    published.publisher_id,
    published.family,
    published.tier,
    published.articles_count,
    published.first_published_on,
    published.last_published_on,
    coalesce(dealt.deals_count, 0) AS deals_count,
    coalesce(dealt.firsts_count, 0) AS firsts_count,
    dealt.median_days_behind,
    round(dealt.corroborated_share, 6) AS corroborated_share
FROM published
LEFT JOIN dealt USING (publisher)
