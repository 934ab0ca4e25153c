-- assert_ranges: figures are not negative, confidence is between 0 and 1.
SELECT 'core.deal_mentions' AS table_name, deal_mention_id AS id
FROM core.deal_mentions
WHERE value_amount < 0 OR valuation_amount < 0 OR power_mw < 0 OR accelerator_count < 0 OR term_months < 0
   OR stake_pct < 0 OR confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'core.deal_revisions', deal_id
FROM core.deal_revisions
WHERE value_amount < 0 OR valuation_amount < 0 OR power_mw < 0 OR accelerator_count < 0 OR term_months < 0 OR stake_pct < 0
UNION ALL
SELECT 'core.slot_evidence', deal_mention_id FROM core.slot_evidence WHERE confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'core.deal_mention_parties', deal_mention_id FROM core.deal_mention_parties WHERE confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'core.capacity_mentions', article_id
FROM core.capacity_mentions WHERE amount < 0 OR confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'core.capex_mentions', article_id
FROM core.capex_mentions WHERE amount_low < 0 OR amount_high < amount_low OR confidence NOT BETWEEN 0 AND 1
ORDER BY table_name, id
