-- assert_commitments_add_up: over its years a deal adds up to its dollars, and no deal that counts in no total is spread.
WITH spread AS (
    SELECT deal_id, sum(amount_usd) AS spread_usd
    FROM mart.commitments_by_year
    GROUP BY deal_id
)

SELECT spread.deal_id, spread.spread_usd, deals.amount_usd, deals.is_in_totals
FROM spread
LEFT JOIN mart.deals AS deals USING (deal_id)
WHERE deals.amount_usd IS DISTINCT FROM spread.spread_usd OR NOT deals.is_in_totals
ORDER BY spread.deal_id
