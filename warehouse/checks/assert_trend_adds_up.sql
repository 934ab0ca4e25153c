-- assert_trend_adds_up: the trend counts every deal once, with its dollars and megawatts.
WITH by_month AS (
    SELECT
        coalesce(sum(deals_count), 0) AS deals_count,
        coalesce(sum(amount_usd), 0) AS amount_usd,
        coalesce(sum(power_mw), 0) AS power_mw
    FROM mart.trend_monthly
),

by_deal AS (
    SELECT count(*) AS deals_count, coalesce(sum(amount_usd), 0) AS amount_usd, coalesce(sum(power_mw), 0) AS power_mw
    FROM mart.deals
)

SELECT
    by_month.deals_count AS trend_deals_count,
    by_deal.deals_count,
    by_month.amount_usd AS trend_amount_usd,
    by_deal.amount_usd,
    by_month.power_mw AS trend_power_mw,
    by_deal.power_mw
FROM by_month
CROSS JOIN by_deal
WHERE by_month.deals_count <> by_deal.deals_count
   OR by_month.amount_usd <> by_deal.amount_usd
   OR by_month.power_mw <> by_deal.power_mw
