-- assert_deals_have_evidence: no deal is shown without a sentence that tells of it.
SELECT deals.deal_id, deals.type, deals.status
FROM mart.deals
ANTI JOIN (SELECT deal_id FROM mart.deal_evidence WHERE slot = 'trigger' AND sentence <> '') AS told USING (deal_id)
ORDER BY deals.deal_id
