-- articles_naming: articles that name two parties of a deal that changed (or one, where it has one only or a ticker stands
-- in their headline), told of since shortly before the change.
-- parameters: reader_version, deals, sides, names, sinces, untils (a row each: a name of one party of one deal), ticker
WITH wanted AS (
    SELECT unnest($deals::VARCHAR[]) AS deal, unnest($sides::INTEGER[]) AS side, unnest($names::VARCHAR[]) AS name,
        unnest($sinces::TIMESTAMPTZ[]) AS since_at, unnest($untils::TIMESTAMPTZ[]) AS until_at
),

sides AS (
    SELECT deal, count(DISTINCT side) AS sides_count FROM wanted GROUP BY deal
),

named AS (
    SELECT article_id, as_of_at, unnest(string_split(trim(names), ' ')) AS name
    FROM core.filed_articles
    WHERE reader_version = $reader_version
      AND as_of_at >= (SELECT min(since_at) FROM wanted)
      AND names IS NOT NULL
),

ticked AS (
    SELECT DISTINCT article_id FROM named WHERE name = $ticker
)

SELECT DISTINCT named.article_id
FROM named
JOIN wanted USING (name)
JOIN sides USING (deal)
LEFT JOIN ticked USING (article_id)
WHERE named.as_of_at BETWEEN wanted.since_at AND wanted.until_at
GROUP BY named.article_id, wanted.deal, sides.sides_count, ticked.article_id
HAVING count(DISTINCT wanted.side) >= 2 OR sides.sides_count = 1 OR ticked.article_id IS NOT NULL
ORDER BY named.article_id
