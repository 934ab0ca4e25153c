-- mart.trend_by_company: the trend of each company in each role. Only deals that count in totals. A deal with two suppliers
-- stands under each: sum over months and types, never over companies.
-- grain: one month, company, role and deal type
-- key: month, name, role, type
-- units: amount_usd in US dollars, power_mw in MW
-- reader: BI tools
WITH told_once AS (
    SELECT DISTINCT deal_id, name, role FROM mart.deal_parties
)

SELECT
    deals.announced_month AS month,
    told_once.name,
    told_once.role,
    deals.type,
    count(*) AS deals_count,
    sum(deals.amount_usd) AS amount_usd,
    sum(deals.power_mw) AS power_mw,
    sum(deals.accelerator_count) AS accelerators_count
FROM told_once
JOIN mart.deals AS deals USING (deal_id)
WHERE deals.is_in_totals
GROUP BY deals.announced_month, told_once.name, told_once.role, deals.type
