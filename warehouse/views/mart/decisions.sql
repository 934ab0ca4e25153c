-- mart.decisions: what people decided of deals and names, who and why, and whether it applies.
-- grain: one decision that stands
-- key: decision_id
-- units: none
-- reader: whoever reviews the tape, anybody who doubts a figure
SELECT decision_id, kind, subject, slot, value, decided_by, decided_at, reason, outcome, message, deal_ids
FROM core.current_decisions
