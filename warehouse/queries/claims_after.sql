-- claims_after: the entries of each wanted key after a moment, by which later claims a change then can reach.
-- parameters: reader_version, keys, moments (a row each)
WITH wanted AS (
    SELECT unnest($keys::VARCHAR[]) AS claim_key, unnest($moments::TIMESTAMPTZ[]) AS since_at
),

earliest AS (
    SELECT claim_key, min(since_at) AS since_at FROM wanted GROUP BY claim_key
)

SELECT claim_keys.deal_mention_id, claim_keys.article_id, claim_keys.as_of_at, claim_keys.claim_key, last_decisions.deal_id
FROM core.claim_keys
JOIN earliest ON earliest.claim_key = claim_keys.claim_key AND claim_keys.as_of_at >= earliest.since_at
JOIN core.last_decisions
    ON last_decisions.deal_mention_id = claim_keys.deal_mention_id
    AND last_decisions.reader_version = claim_keys.reader_version
WHERE claim_keys.reader_version = $reader_version
  AND last_decisions.deal_id IS NOT NULL
ORDER BY ALL
