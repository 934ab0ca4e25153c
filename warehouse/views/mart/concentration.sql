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

-- as DECIMAL: a sum of DOUBLE depends on the order of its rows
by_type AS (
    SELECT
        parts.role,
        deals.type,
        parts.group_name,
        sum(CAST(1.0 / parts.members_count AS DECIMAL(38, 12))) AS deals,
        sum(CAST(CAST(deals.amount_usd AS DOUBLE) / parts.members_count AS DECIMAL(38, 12))) FILTER (deals.amount_usd > 0)
            AS amount_usd,
        sum(CAST(CAST(deals.power_mw AS DOUBLE) / parts.members_count AS DECIMAL(38, 12))) FILTER (deals.power_mw > 0)
            AS power_mw
    FROM mart.deals AS deals
    JOIN parts USING (deal_id)
    WHERE deals.is_in_totals
    GROUP BY parts.role, deals.type, parts.group_name
),

scopes AS (
    FROM by_type
    UNION ALL
    SELECT role, 'all', group_name, sum(deals), sum(amount_usd), sum(power_mw) FROM by_type GROUP BY role, group_name
),

by_group AS (
    UNPIVOT scopes ON deals, amount_usd, power_mw INTO NAME measure VALUE amount
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
