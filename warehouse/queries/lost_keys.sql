-- lost_keys: one row: how many keys of the rows that were added have no article, claim, deal or document to be followed
-- to, so that the whole must be computed; how many keys were added; of how many rows.
-- parameters: none; the database slice is attached
WITH present AS (
    SELECT 'article' AS thing, article_id AS key FROM warehouse.core.articles
    UNION ALL
    SELECT 'claim', deal_mention_id FROM warehouse.core.deal_mentions
    UNION ALL
    SELECT 'deal', deal_id FROM warehouse.core.deals
    UNION ALL
    SELECT 'document', document_id FROM warehouse.raw.documents
),

added AS (
    SELECT CASE kind WHEN 'mentions' THEN 'article' ELSE kind END AS thing, key
    FROM slice.sums.added
    WHERE name <> 'core.issues' -- of which some are of documents
      AND kind <> 'entry' -- nothing points to one
)

SELECT
    (SELECT count(*) FROM added ANTI JOIN present USING (thing, key)) AS lost_count,
    (SELECT count(*) FROM slice.sums.added) AS added_count,
    (SELECT sum(end_row) FROM slice.sums.tables) AS rows_count;
