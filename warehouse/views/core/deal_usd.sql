-- core.deal_usd: what each deal is worth in US dollars, at the reference rate of the day of its announcement, or the last
-- one published before it (weekends, holidays). No rate within a week: no amount. Yearly amounts are not multiplied.
-- grain: one deal
-- key: deal_id
-- units: amount_usd in US dollars, usd_rate in US dollars for one unit of the deal's currency
-- reader: mart.deals, mart.deal_revisions
WITH dated AS (
    SELECT
        current_revisions.deal_id,
        current_revisions.value_amount,
        current_revisions.value_currency_code AS currency_code,
        current_revisions.value_basis,
        deal_days.announced_on
    FROM core.current_revisions
    JOIN core.deal_days USING (deal_id)
    WHERE current_revisions.value_amount IS NOT NULL
),

rated AS (
    SELECT
        dated.deal_id,
        usd_rates.usd_rate,
        -- a parity is the rate of every day
        CASE WHEN usd_rates.rate_source = 'peg' THEN dated.announced_on ELSE usd_rates.rate_on END AS usd_rate_on,
        usd_rates.rate_source
    FROM dated
    ASOF JOIN core.usd_rates
        ON dated.currency_code = usd_rates.currency_code AND dated.announced_on >= usd_rates.rate_on
    WHERE usd_rates.rate_source = 'peg' OR dated.announced_on - usd_rates.rate_on <= 7
    UNION ALL
    SELECT deal_id, 1, announced_on, 'usd' FROM dated WHERE currency_code = 'USD'
)

SELECT
    dated.deal_id,
    CASE WHEN dated.value_basis = 'total' THEN
        CAST(round(CAST(dated.value_amount AS DOUBLE) * rated.usd_rate, 2) AS DECIMAL(24, 2))
    END AS amount_usd,
    rated.usd_rate,
    rated.usd_rate_on,
    rated.rate_source
FROM dated
JOIN rated USING (deal_id)
