-- core.current_revisions: each deal as it stands: its newest revision by the current version of the reader. Deals whose
-- articles have all made way for a better reading (the page instead of the feed's snippet), and those that were merged
-- into another one or withdrawn, are left out. A state that people decided goes before the machine's; decided is its number.
-- grain: one deal
-- key: deal_id
-- units: as in core.deal_revisions
-- reader: the marts of deals
WITH machine AS (
    SELECT deal_revisions.*
    FROM core.deal_revisions
    JOIN core.current_reader_version USING (reader_version)
    WHERE EXISTS (SELECT 1 FROM core.current_evidence WHERE current_evidence.deal_id = deal_revisions.deal_id)
    QUALIFY row_number() OVER (
        PARTITION BY deal_revisions.deal_id
        ORDER BY deal_revisions.edition DESC, deal_revisions.revision DESC
    ) = 1
),

people AS (
    SELECT
        current_decided.* EXCLUDE (standing, into_deal_id, has_state, decision_ids, state_hash, recorded_at),
        machine.revision,
        machine.edition,
        machine.as_of_at,
        machine.deal_mention_id,
        current_decided.recorded_at
    FROM core.current_decided
    JOIN machine USING (deal_id)
    WHERE current_decided.has_state
)

SELECT * FROM people
UNION ALL BY NAME
SELECT machine.*, CAST(NULL AS INTEGER) AS decided FROM machine ANTI JOIN people USING (deal_id)
