-- deals_before: of each wanted key the deals told of last before a moment, so many of them.
-- parameters: reader_version, keys, moments, article_ids (a row each), nearest
WITH wanted AS MATERIALIZED (
    SELECT unnest($keys::VARCHAR[]) AS claim_key, unnest($moments::TIMESTAMPTZ[]) AS until_at,
        unnest($article_ids::VARCHAR[]) AS until_id
),

filed AS MATERIALIZED (
    SELECT claim_key, as_of_at, article_id, deal_mention_id
    FROM core.claim_keys
    WHERE reader_version = $reader_version AND claim_key IN (SELECT claim_key FROM wanted)
),

-- the last decision about each, as core.last_decisions has it of all
decided AS MATERIALIZED (
    SELECT deal_mention_id, deal_id
    FROM core.deal_evidence
    WHERE reader_version = $reader_version AND deal_mention_id IN (SELECT deal_mention_id FROM filed)
    QUALIFY row_number() OVER (PARTITION BY deal_mention_id ORDER BY decision DESC) = 1
),

told AS MATERIALIZED (
    SELECT filed.claim_key, filed.as_of_at, filed.article_id, decided.deal_id
    FROM filed
    JOIN decided USING (deal_mention_id)
    WHERE decided.deal_id IS NOT NULL
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
