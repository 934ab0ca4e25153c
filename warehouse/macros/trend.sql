-- trend: deals, dollars, megawatts and accelerators by month, along one property of the deals. Only deals that count in
-- totals. A deal with two suppliers stands under each, so sum over months, not over suppliers, customers or companies.
-- parameters: type is a deal type or NULL for all; by is type, status, supplier, customer, company, accelerator or currency
-- grain: one month and one value of the property
-- units: amount_usd in US dollars, power_mw in MW
-- reader: analysts
WITH chosen AS (
    SELECT
        deals.deal_id,
        deals.announced_month AS month,
        deals.amount_usd,
        deals.power_mw,
        deals.accelerator_count,
        CASE "by"
            WHEN 'type' THEN deals.type
            WHEN 'status' THEN deals.status
            WHEN 'accelerator' THEN deals.accelerator_model
            WHEN 'currency' THEN deals.value_currency_code
            WHEN 'supplier' THEN parties.name
            WHEN 'customer' THEN parties.name
            WHEN 'company' THEN parties.name
            ELSE error('by is one of type, status, supplier, customer, company, accelerator, currency')
        END AS property
    FROM mart.deals AS deals
    LEFT JOIN mart.deal_parties AS parties
        ON parties.deal_id = deals.deal_id
        AND ("by" = 'company' OR ("by" IN ('supplier', 'customer') AND parties.role = "by"))
    WHERE deals.is_in_totals AND (type IS NULL OR deals.type = type)
),

-- a company with two roles in a deal stands there once
told_once AS (
    SELECT DISTINCT deal_id, month, amount_usd, power_mw, accelerator_count, property FROM chosen
)

SELECT
    month,
    property,
    count(*) AS deals_count,
    CAST(sum(amount_usd) AS DECIMAL(18, 2)) AS amount_usd,
    sum(power_mw) AS power_mw,
    CAST(sum(accelerator_count) AS BIGINT) AS accelerators_count
FROM told_once
GROUP BY month, property
ORDER BY month NULLS LAST, amount_usd DESC NULLS LAST, deals_count DESC, property
