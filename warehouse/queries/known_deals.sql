-- known_deals: the newest revision of each deal, and the times between which it was told of.
-- parameters: reader_version
WITH told AS (
    SELECT deal_id, min(first_as_of_at) AS first_as_of_at, max(last_as_of_at) AS last_as_of_at
    FROM core.deal_evidence
    WHERE reader_version = $reader_version
    GROUP BY deal_id
)

SELECT deal_revisions.*, deals.type, told.first_as_of_at, told.last_as_of_at
FROM core.deal_revisions
JOIN core.deals USING (deal_id, reader_version)
JOIN told USING (deal_id)
WHERE reader_version = $reader_version
QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY revision DESC) = 1
ORDER BY deal_id
