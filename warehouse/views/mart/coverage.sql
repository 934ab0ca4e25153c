-- mart.coverage: how often deals tell each of their terms: what is missing from a sum is part of its meaning.
-- Over deals that count in totals.
-- grain: one deal type (all for all of them) and slot
-- key: type, slot
-- units: shares 0..1
-- reader: anybody who quotes a total, dashboard
WITH filled AS (
    UNPIVOT (
        SELECT
            deal_id,
            type,
            is_in_totals,
            announced_on IS NOT NULL AS announced_on,
            parties IS NOT NULL AS parties,
            value_amount IS NOT NULL AS value,
            amount_usd IS NOT NULL AS amount_usd,
            power_mw IS NOT NULL AS power,
            accelerator_count IS NOT NULL AS accelerators,
            term_months IS NOT NULL AS term_months,
            start_period IS NOT NULL AS start,
            locations IS NOT NULL AS locations
        FROM mart.deals
    )
    ON announced_on, parties, value, amount_usd, power, accelerators, term_months, start, locations
    INTO NAME slot VALUE is_filled
),

scopes AS (
    SELECT type, slot, is_filled FROM filled WHERE is_in_totals
    UNION ALL
    SELECT 'all', slot, is_filled FROM filled WHERE is_in_totals
)

SELECT
    type,
    slot,
    count(*) AS deals_count,
    count(*) FILTER (is_filled) AS filled_count,
    round(avg(CASE WHEN is_filled THEN 1.0 ELSE 0.0 END), 6) AS filled_share
FROM scopes
GROUP BY type, slot
