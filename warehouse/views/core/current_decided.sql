-- core.current_decided: what people say of deals now, on the tape of the current version of the reader.
-- grain: one deal of which something is decided
-- key: deal_id
-- units: as in core.deal_revisions
-- reader: the views of deals
WITH newest AS (
    SELECT decided_deals.*
    FROM core.decided_deals
    JOIN core.current_reader_version USING (reader_version)
    QUALIFY row_number() OVER (PARTITION BY decided_deals.deal_id ORDER BY decided_deals.decided DESC) = 1
)

SELECT * FROM newest WHERE has_state OR standing <> 'machine'
