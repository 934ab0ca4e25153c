-- mart.capacity_pipeline: megawatts by the year in which they are to be energised, from two tellings that overlap: deals
-- (their start, only those that count in totals) and statements of capacity (the newest of each). Never add the two.
-- grain: one year, telling, deal type and status
-- key: year, told_in, type, status
-- units: power_mw in MW
-- reader: BI tools, analysts
WITH told AS (
    SELECT
        TRY_CAST(regexp_extract(start_period, '^(20[0-9]{2})', 1) AS INTEGER) AS year,
        'deals' AS told_in,
        type,
        status,
        power_mw
    FROM mart.deals
    WHERE is_in_totals AND power_mw IS NOT NULL
    UNION ALL
    SELECT by_year, 'statements', 'capacity', status, power_mw
    FROM mart.capacity
    WHERE is_latest AND power_mw IS NOT NULL
)

SELECT year, told_in, type, status, count(*) AS tellings_count, sum(power_mw) AS power_mw
FROM told
GROUP BY year, told_in, type, status
