-- core.deal_days: when each deal was announced. Only what an article reports as its news dates a deal; what it recalls
-- happened at a time of its own. While a deal is rumored or denied only, the first such report dates it.
-- grain: one deal
-- key: deal_id
-- units: none
-- reader: mart.deals, core.deal_rates
WITH reports AS (
    SELECT
        deal_id,
        min(published_on) FILTER (focus = 'primary' AND status NOT IN ('rumored', 'cancelled')) AS first_agreed_on,
        min(published_on) FILTER (focus = 'primary') AS first_reported_on
    FROM core.current_evidence
    GROUP BY deal_id
)

SELECT deal_id, coalesce(first_agreed_on, first_reported_on) AS announced_on, first_reported_on
FROM reports
