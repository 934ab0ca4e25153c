-- mart.capex_guidance: what companies say they will spend in a period, as articles tell it. Guidance is revised: the rows
-- with is_latest hold the newest word for each company and period.
-- grain: one company and period in one article
-- key: article_id, position
-- units: amounts in whole units of currency_code; in US dollars at the rate of the day of the article
-- reader: BI tools, analysts
WITH statements AS (
    SELECT
        told.article_id, told.position, told.company, told.company_id, told.period, told.amount_low, told.amount_high,
        told.currency_code, told.change, told.surface, told.confidence,
        current_articles.title, current_articles.publisher, current_articles.url, current_articles.published_on
    FROM core.capex_mentions AS told
    JOIN core.current_reader_version USING (reader_version)
    JOIN core.current_articles USING (article_id, reader_version)
),

rated AS (
    SELECT
        statements.article_id,
        statements.position,
        usd_rates.usd_rate,
        CASE WHEN usd_rates.rate_source = 'peg' THEN statements.published_on ELSE usd_rates.rate_on END AS usd_rate_on
    FROM statements
    ASOF JOIN core.usd_rates
        ON statements.currency_code = usd_rates.currency_code AND statements.published_on >= usd_rates.rate_on
    WHERE usd_rates.rate_source = 'peg' OR statements.published_on - usd_rates.rate_on <= 7
    UNION ALL
    SELECT article_id, position, 1, published_on FROM statements WHERE currency_code = 'USD'
)

SELECT
    statements.article_id,
    statements.position,
    statements.company,
    statements.company_id,
    statements.period,
    statements.amount_low,
    statements.amount_high,
    statements.currency_code,
    CAST(round(CAST(statements.amount_low AS DOUBLE) * rated.usd_rate, 2) AS DECIMAL(24, 2)) AS amount_low_usd,
    CAST(round(CAST(statements.amount_high AS DOUBLE) * rated.usd_rate, 2) AS DECIMAL(24, 2)) AS amount_high_usd,
    rated.usd_rate,
    rated.usd_rate_on,
    statements.change,
    row_number() OVER (
        PARTITION BY statements.company, statements.period
        ORDER BY statements.published_on DESC NULLS LAST, statements.article_id, statements.position
    ) = 1 AS is_latest,
    statements.surface,
    statements.confidence,
    statements.title,
    statements.publisher,
    statements.url,
    statements.published_on
FROM statements
LEFT JOIN rated USING (article_id, position)
