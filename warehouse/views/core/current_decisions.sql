-- core.current_decisions: what people decided and what came of it, on the tape of the current version of the reader;
-- without what they took back.
-- grain: one decision that stands
-- key: decision_id
-- units: none
-- reader: the marts
WITH newest AS (
    SELECT decisions.*
    FROM core.decisions
    JOIN core.current_reader_version USING (reader_version)
    QUALIFY row_number() OVER (PARTITION BY decisions.decision_id ORDER BY decisions.event DESC) = 1
)

SELECT decision_id, kind, subject, slot, value, decided_by, decided_at, reason, outcome, message, deal_ids
FROM newest
WHERE outcome <> 'lifted'
