-- deal_claims: the claims that speak of these deals, or stand in these articles and are resolved or were read.
-- parameters: reader_version, deal_ids, article_ids
WITH in_articles AS MATERIALIZED (
    SELECT deal_mention_id
    FROM core.deal_mentions
    WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($article_ids::VARCHAR[]))
),

wanted AS MATERIALIZED (
    SELECT deal_mention_id FROM in_articles
    UNION
    SELECT deal_mention_id
    FROM core.deal_evidence
    WHERE reader_version = $reader_version AND deal_id IN (SELECT unnest($deal_ids::VARCHAR[]))
),

-- the last decision about each, as core.last_decisions has it of all
decided AS MATERIALIZED (
    SELECT deal_mention_id, deal_id
    FROM core.deal_evidence
    WHERE reader_version = $reader_version AND deal_mention_id IN (SELECT deal_mention_id FROM wanted)
    QUALIFY row_number() OVER (PARTITION BY deal_mention_id ORDER BY decision DESC) = 1
)

SELECT wanted.deal_mention_id, decided.deal_id
FROM wanted
LEFT JOIN decided USING (deal_mention_id)
WHERE wanted.deal_mention_id IN (SELECT deal_mention_id FROM in_articles)
   OR decided.deal_id IN (SELECT unnest($deal_ids::VARCHAR[]))
ORDER BY wanted.deal_mention_id
