-- mart.prices: what a deal pays for a unit, only where the same deal tells both the dollars and the quantity, each as a
-- figure of its own (exact or about; neither "up to" nor "at least", which would make a ratio of two limits).
-- grain: one deal with at least one price
-- key: deal_id
-- units: US dollars for one MW, MW and year, accelerator, MWh
-- reader: BI tools, analysts
WITH priced AS (
    SELECT
        deal_id,
        type,
        status,
        announced_on,
        parties,
        amount_usd,
        power_mw,
        accelerator_count,
        accelerator_model,
        term_months,
        CASE WHEN power_mw > 0 AND power_mw_high IS NULL AND power_bound IN ('exact', 'about') THEN power_mw END AS mw,
        CASE
            WHEN accelerator_count > 0 AND accelerator_bound IN ('exact', 'about') THEN accelerator_count
        END AS accelerators
    FROM mart.deals
    WHERE is_in_totals AND amount_usd > 0 AND value_amount_high IS NULL AND value_bound IN ('exact', 'about')
)

SELECT
    deal_id,
    type,
    status,
    announced_on,
    parties,
    amount_usd,
    power_mw,
    accelerator_count,
    accelerator_model,
    term_months,
    round(CAST(amount_usd AS DOUBLE) / mw, 2) AS usd_per_mw,
    round(CAST(amount_usd AS DOUBLE) / mw / (nullif(term_months, 0) / 12), 2) AS usd_per_mw_year,
    round(CAST(amount_usd AS DOUBLE) / accelerators, 2) AS usd_per_accelerator,
    -- a plant that never rests: the price can only be higher
    CASE WHEN type = 'power' THEN
        round(CAST(amount_usd AS DOUBLE) / mw / (nullif(term_months, 0) / 12) / 8766, 4)
    END AS usd_per_mwh_floor
FROM priced
WHERE mw IS NOT NULL OR accelerators IS NOT NULL
