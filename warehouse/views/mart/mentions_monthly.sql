-- mart.mentions_monthly: how often each registered company was named in the news, month by month. Counts mentions in the
-- articles that count, one article an item; syndicated copies are articles of their own.
-- grain: one company and month of publication
-- key: company_id, published_month
-- units: none
-- reader: dashboard, BI tools
SELECT
    CAST(date_trunc('month', current_articles.published_on) AS DATE) AS published_month,
    mentions.registry_id AS company_id,
    count(DISTINCT mentions.article_id) AS articles_count,
    count(*) AS mentions_count
FROM core.mentions
JOIN core.current_articles USING (article_id, reader_version)
JOIN core.current_reader_version USING (reader_version)
WHERE mentions.kind = 'company' AND mentions.registry_id IS NOT NULL AND current_articles.published_on IS NOT NULL
GROUP BY ALL
