-- core.usd_rates: what one unit of a currency is worth in US dollars, on each day with a published rate. The rate of the
-- European Central Bank goes through the euro: dollars a euro over units a euro, both of the same day.
-- grain: one currency on one day
-- key: currency_code, rate_on
-- units: usd_rate in US dollars for one unit
-- reader: mart.deals, mart.exchange_rates
WITH euro_rates AS (
    SELECT currency_code, rate_on, rate, rate_source
    FROM core.reference_rates
    WHERE base_code = 'EUR'
    QUALIFY row_number() OVER (PARTITION BY currency_code, rate_on ORDER BY rate_source) = 1
),

dollars AS (
    SELECT rate_on, rate AS dollars_per_euro, rate_source
    FROM euro_rates
    WHERE currency_code = 'USD'
)

SELECT
    euro_rates.currency_code,
    rate_on,
    CAST(dollars.dollars_per_euro AS DOUBLE) / CAST(euro_rates.rate AS DOUBLE) AS usd_rate,
    euro_rates.rate_source
FROM euro_rates
JOIN dollars USING (rate_on)
WHERE euro_rates.currency_code <> 'USD'
UNION ALL
SELECT 'EUR', rate_on, CAST(dollars_per_euro AS DOUBLE), rate_source
FROM dollars
UNION ALL
SELECT currency_code, rate_on, 1 / CAST(rate AS DOUBLE), rate_source
FROM core.reference_rates
WHERE base_code = 'USD'
