-- story_pairs: pairs of articles that have a key in common, one of them among those asked for: copies of whatever time,
-- events within reach.
-- parameters: reader_version, ids (article_id); over these articles: earliest_at, latest_at, least_days, most_days (reach)
WITH asked AS (
    SELECT article_id, as_of_at, reach_days, copy_keys, event_keys
    FROM core.story_keys
    WHERE reader_version = $reader_version AND article_id IN (SELECT unnest($ids::VARCHAR[]))
),

near AS (
    SELECT article_id, as_of_at, reach_days, event_keys
    FROM core.story_keys
    WHERE reader_version = $reader_version
      AND (
          as_of_at BETWEEN $earliest_at - to_days($most_days) AND $latest_at + to_days($most_days)
          OR reach_days > $least_days
      )
),

copies AS (
    SELECT ours.article_id, theirs.article_id AS other_id
    FROM (SELECT article_id, unnest(copy_keys) AS key FROM asked) AS ours
    JOIN (
        SELECT article_id, unnest(copy_keys) AS key FROM core.story_keys WHERE reader_version = $reader_version
    ) AS theirs USING (key)
),

events AS (
    SELECT ours.article_id, theirs.article_id AS other_id
    FROM (SELECT article_id, as_of_at, reach_days, unnest(event_keys) AS key FROM asked) AS ours
    JOIN (SELECT article_id, as_of_at, reach_days, unnest(event_keys) AS key FROM near) AS theirs USING (key)
    WHERE abs(date_diff('day', ours.as_of_at AT TIME ZONE 'UTC', theirs.as_of_at AT TIME ZONE 'UTC'))
        <= greatest(ours.reach_days, theirs.reach_days)
)

SELECT DISTINCT least(article_id, other_id) AS article_id, greatest(article_id, other_id) AS other_id
FROM (FROM copies UNION ALL FROM events)
WHERE article_id <> other_id
ORDER BY ALL
