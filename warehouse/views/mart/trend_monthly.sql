-- mart.trend_monthly: deals, dollars, megawatts and accelerators by the month of announcement. The month is null for deals
-- known only from articles without a date or as recalled in other news. Sum over rows with is_in_totals only.
-- grain: one month, deal type and status, counted or not
-- key: month, type, status, is_in_totals
-- units: amount_usd in US dollars, power_mw in MW
-- reader: dashboard's trend chart, report, BI tools
SELECT
    announced_month AS month,
    type,
    status,
    is_in_totals,
    count(*) AS deals_count,
    sum(amount_usd) AS amount_usd,
    sum(power_mw) AS power_mw,
    sum(accelerator_count) AS accelerators_count,
    count(*) FILTER (amount_usd IS NULL) AS deals_without_value_count
FROM mart.deals
GROUP BY announced_month, type, status, is_in_totals
