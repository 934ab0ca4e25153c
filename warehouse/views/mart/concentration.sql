-- mart.concentration: how much of all deals the largest companies of a role have. Subsidiaries count for their group. A
-- deal with several companies in the role is divided evenly, so that it counts once. Only deals that count in totals.
-- grain: one role, deal type (all for all of them) and measure
-- key: role, type, measure
-- units: total in what measure says (deals, US dollars, MW); hhi 0..10000
-- reader: BI tools, analysts
WITH members AS (
    SELECT DISTINCT parties.deal_id, parties.role, companies.group_name
    FROM mart.deal_parties AS parties
    JOIN mart.companies AS companies USING (name)
),

parts AS (
    SELECT deal_id, role, group_name, count(*) OVER (PARTITION BY deal_id, role) AS members_count
    FROM members
),

measured AS (
    SELECT deal_id, type, 'deals' AS measure, 1.0 AS amount FROM mart.deals WHERE is_in_totals
    UNION ALL
    SELECT deal_id, type, 'amount_usd', CAST(amount_usd AS DOUBLE) FROM mart.deals WHERE is_in_totals AND amount_usd > 0
    UNION ALL
    SELECT deal_id, type, 'power_mw', CAST(power_mw AS DOUBLE) FROM mart.deals WHERE is_in_totals AND power_mw > 0
),

scopes AS (
    SELECT deal_id, type, measure, amount FROM measured
    UNION ALL
    SELECT deal_id, 'all', measure, amount FROM measured
),

-- as DECIMAL: a sum of DOUBLE depends on the order of its rows
by_group AS (
    SELECT
        parts.role,
        scopes.type,
        scopes.measure,
        parts.group_name,
        sum(CAST(scopes.amount / parts.members_count AS DECIMAL(38, 12))) AS amount
    FROM scopes
    JOIN parts USING (deal_id)
    GROUP BY parts.role, scopes.type, scopes.measure, parts.group_name
),

ranked AS (
    SELECT
        role,
        type,
        measure,
        group_name,
        amount,
        amount / sum(amount) OVER (PARTITION BY role, type, measure) AS share,
        row_number() OVER (PARTITION BY role, type, measure ORDER BY round(amount, 6) DESC, group_name) AS place
    FROM by_group
)

SELECT
    role,
    type,
    measure,
    count(*) AS companies_count,
    round(CAST(sum(amount) AS DOUBLE), 3) AS total,
    max(group_name) FILTER (place = 1) AS largest,
    round(sum(share) FILTER (place = 1), 6) AS top_1_share,
    round(sum(share) FILTER (place <= 3), 6) AS top_3_share,
    round(sum(share) FILTER (place <= 5), 6) AS top_5_share,
    round(sum(share) FILTER (place <= 10), 6) AS top_10_share,
    round(sum(share * share) * 10000, 2) AS hhi
FROM ranked
GROUP BY role, type, measure
