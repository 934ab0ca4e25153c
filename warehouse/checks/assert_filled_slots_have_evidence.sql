-- assert_filled_slots_have_evidence: every figure of a claim leads to the words that it was read from.
WITH filled AS (
    SELECT deal_mention_id, 'value' AS slot FROM core.deal_mentions WHERE value_amount IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'valuation' FROM core.deal_mentions WHERE valuation_amount IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'power' FROM core.deal_mentions WHERE power_mw IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'accelerators' FROM core.deal_mentions WHERE accelerator_bound IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'term_months' FROM core.deal_mentions WHERE term_months IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'stake_pct' FROM core.deal_mentions WHERE stake_pct IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'start' FROM core.deal_mentions WHERE start_period IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'end' FROM core.deal_mentions WHERE end_period IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'location:0' FROM core.deal_mentions WHERE locations IS NOT NULL
    UNION ALL SELECT deal_mention_id, 'trigger' FROM core.deal_mentions
)

SELECT deal_mention_id, slot
FROM filled ANTI JOIN core.slot_evidence USING (deal_mention_id, slot)
ORDER BY deal_mention_id, slot
