-- core.current_endings: deals that are not on the tape now, and where a merged one's claims count instead. What people
-- decided goes before what the machine says.
-- grain: one deal that left the tape
-- key: deal_id
-- units: none
-- reader: the views of deals
WITH RECURSIVE last_endings AS (
    SELECT deal_id, kind, into_deal_id, reason, recorded_at
    FROM core.deal_endings
    JOIN core.current_reader_version USING (reader_version)
    QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY ending DESC) = 1
),

gone AS (
    SELECT deal_id, kind, into_deal_id, reason, recorded_at
    FROM last_endings
    WHERE kind <> 'restored'
      AND deal_id NOT IN (SELECT deal_id FROM core.current_decided WHERE standing <> 'machine')
    UNION ALL
    SELECT deal_id, standing, into_deal_id, 'decided by a person', recorded_at
    FROM core.current_decided
    WHERE standing IN ('merged', 'withdrawn')
),

-- a deal may be merged into one that was merged itself
walks AS (
    SELECT deal_id, kind, into_deal_id, reason, recorded_at, 1 AS steps_count FROM gone
    UNION ALL
    SELECT walks.deal_id, gone.kind, gone.into_deal_id, walks.reason, walks.recorded_at, walks.steps_count + 1
    FROM walks
    JOIN gone ON gone.deal_id = walks.into_deal_id
    WHERE walks.steps_count < 16
)

SELECT deal_id, kind, into_deal_id, reason, recorded_at
FROM walks
QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY steps_count DESC) = 1
