-- mart.commitments_by_year: the dollars of each deal spread evenly over the months of its term, by calendar year. This is
-- an assumption, not something that the news says: basis tells which part of it was told. Over all years a deal adds up
-- to its amount_usd. Only deals that count in totals.
-- grain: one deal in one calendar year
-- key: deal_id, year
-- units: amount_usd in US dollars
-- reader: BI tools, analysts
WITH dated AS (
    SELECT
        deal_id, type, status, amount_usd, term_months, announced_on,
        TRY_CAST(regexp_extract(start_period, '^(20[0-9]{2})', 1) AS INTEGER) AS start_year,
        CASE
            WHEN regexp_matches(start_period, '^20[0-9]{2}-(0[1-9]|1[0-2])')
            THEN CAST(substr(start_period, 6, 2) AS INTEGER)
            WHEN start_period LIKE '%-Q_' THEN (CAST(right(start_period, 1) AS INTEGER) - 1) * 3 + 1
            WHEN start_period LIKE '%-H2' THEN 7
            ELSE 1
        END AS start_month
    FROM mart.deals
    WHERE is_in_totals AND amount_usd IS NOT NULL
),

terms AS (
    SELECT
        deal_id, type, status, amount_usd,
        coalesce(start_year * 12 + start_month - 1, year(announced_on) * 12 + month(announced_on) - 1) AS first_month,
        CASE WHEN term_months > 0 THEN term_months ELSE 1 END AS months,
        CASE
            WHEN start_year IS NOT NULL AND term_months > 0 THEN 'start and term told'
            WHEN term_months > 0 THEN 'term told, start assumed at announcement'
            WHEN start_year IS NOT NULL THEN 'no term told, all at the start'
            ELSE 'no term told, all at announcement'
        END AS basis
    FROM dated
    WHERE coalesce(start_year, year(announced_on)) IS NOT NULL AND coalesce(term_months, 0) <= 1200
),

years AS (
    SELECT
        deal_id, type, status, amount_usd, first_month, months, basis,
        unnest(range(first_month // 12, (first_month + months - 1) // 12 + 1)) AS year
    FROM terms
),

-- months of the term that are over when the year begins and when it ends
parts AS (
    SELECT
        deal_id, type, status, amount_usd, months, basis, year,
        greatest(0, year * 12 - first_month) AS months_before,
        least(months, (year + 1) * 12 - first_month) AS months_after
    FROM years
)

SELECT
    deal_id,
    CAST(year AS INTEGER) AS year,
    type,
    status,
    CAST(months_after - months_before AS INTEGER) AS months_count,
    CAST(
        round(amount_usd * months_after / months, 2) - round(amount_usd * months_before / months, 2) AS DECIMAL(24, 2)
    ) AS amount_usd,
    basis
FROM parts
