-- lost_keys: one row: how many of the changed keys have no article, claim or deal to be followed to (or are of mentions that
-- changed, whose names of before nobody knows), so that the whole must be computed; how many changed; of how many.
-- parameters: none; the databases slice and staged are attached
WITH present AS (
    SELECT 'article' AS thing, hash(article_id) AS key FROM warehouse.core.articles
    UNION ALL
    SELECT 'claim', hash(deal_mention_id) FROM warehouse.core.deal_mentions
    UNION ALL
    SELECT 'deal', hash(deal_id) FROM warehouse.core.deals
),

changed AS (
    SELECT
        CASE kind WHEN 'mentions' THEN 'article' ELSE kind END AS thing,
        key,
        kind = 'mentions' AND was_there AS is_blind
    FROM slice.sums.changed
    WHERE name <> 'core.issues' -- of which some are of documents
),

lost AS (
    SELECT key FROM changed ANTI JOIN present USING (thing, key)
    UNION ALL
    SELECT key FROM changed WHERE is_blind
)

SELECT
    (SELECT count(*) FROM lost) AS lost_count,
    (SELECT count(*) FROM slice.sums.changed) AS changed_count,
    (SELECT count(*) FROM staged.sums.keyed) AS keys_count;
