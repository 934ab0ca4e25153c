-- deals_before: of each wanted key the deals told of last before a moment, so many of them.
-- parameters: reader_version, keys, moments, article_ids (a row each), nearest
WITH wanted AS (
    SELECT unnest($keys::VARCHAR[]) AS claim_key, unnest($moments::TIMESTAMPTZ[]) AS until_at,
        unnest($article_ids::VARCHAR[]) AS until_id
),

told AS (
    SELECT claim_keys.claim_key, claim_keys.as_of_at, claim_keys.article_id, last_decisions.deal_id
    FROM core.claim_keys
    JOIN core.last_decisions USING (deal_mention_id, reader_version)
    WHERE claim_keys.reader_version = $reader_version
      AND last_decisions.deal_id IS NOT NULL
      AND claim_keys.claim_key IN (SELECT claim_key FROM wanted)
),

ranked AS (
    SELECT wanted.claim_key, wanted.until_at, wanted.until_id, told.deal_id
    FROM wanted
    JOIN told
        ON told.claim_key = wanted.claim_key
        AND (told.as_of_at < wanted.until_at
            OR (told.as_of_at = wanted.until_at AND told.article_id < wanted.until_id))
    GROUP BY wanted.claim_key, wanted.until_at, wanted.until_id, told.deal_id
    QUALIFY row_number() OVER (
        PARTITION BY wanted.claim_key, wanted.until_at, wanted.until_id
        ORDER BY max(told.as_of_at) DESC, max(told.article_id) DESC, told.deal_id
    ) <= $nearest
)

SELECT DISTINCT deal_id FROM ranked ORDER BY deal_id
