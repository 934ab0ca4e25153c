-- claims_after: the entries of each wanted key after a moment, by which later claims a change then can reach.
-- parameters: reader_version, keys, moments (a row each)
WITH wanted AS (
    SELECT unnest($keys::VARCHAR[]) AS claim_key, unnest($moments::TIMESTAMPTZ[]) AS since_at
),

earliest AS MATERIALIZED (
    SELECT claim_key, min(since_at) AS since_at FROM wanted GROUP BY claim_key
),

later AS MATERIALIZED (
    SELECT claim_keys.deal_mention_id, claim_keys.article_id, claim_keys.as_of_at, claim_keys.claim_key
    FROM core.claim_keys
    JOIN earliest ON earliest.claim_key = claim_keys.claim_key AND claim_keys.as_of_at >= earliest.since_at
    WHERE claim_keys.reader_version = $reader_version
      AND claim_keys.as_of_at >= (SELECT min(since_at) FROM earliest)
),

-- the last decision about each, as core.last_decisions has it of all
decided AS MATERIALIZED (
    SELECT deal_mention_id, deal_id
    FROM core.deal_evidence
    WHERE reader_version = $reader_version AND deal_mention_id IN (SELECT deal_mention_id FROM later)
    QUALIFY row_number() OVER (PARTITION BY deal_mention_id ORDER BY decision DESC) = 1
)

SELECT later.deal_mention_id, later.article_id, later.as_of_at, later.claim_key, decided.deal_id
FROM later
JOIN decided USING (deal_mention_id)
WHERE decided.deal_id IS NOT NULL
ORDER BY ALL
