-- feed_health: how fresh, full and good each feed is: when it was asked, what it brought, how late we saw it.
-- parameters: now
WITH brought AS (
    SELECT
        feed_id,
        max(first_seen_at) AS last_new_entry_at,
        count(*) FILTER (first_seen_at > $now - INTERVAL 1 DAY) AS day_count,
        count(*) FILTER (first_seen_at > $now - INTERVAL 7 DAY) AS week_count,
        -- of a first poll, which tells of weeks past, nothing is late
        median(epoch(first_seen_at - published_at)) FILTER (
            first_seen_at > $now - INTERVAL 7 DAY AND published_at > first_seen_at - INTERVAL 2 DAY
        ) AS lag_seconds,
        avg(CAST(date_quality <> 'told' AS INTEGER)) AS undated_share,
        avg(CAST(is_truncated AS INTEGER)) AS truncated_share
    FROM raw.entries
    GROUP BY feed_id
)

SELECT
    feed_state.feed_id,
    feed_state.health,
    coalesce(feed_state.error_code, '') AS error_code,
    coalesce(feed_state.alarm_codes, '') AS alarm_codes,
    feed_state.consecutive_failures,
    feed_state.last_polled_at,
    feed_state.next_poll_at,
    brought.last_new_entry_at,
    coalesce(brought.day_count, 0) AS day_count,
    coalesce(brought.week_count, 0) AS week_count,
    feed_state.usual_per_day,
    brought.lag_seconds,
    brought.undated_share,
    brought.truncated_share
FROM raw.feed_state
LEFT JOIN brought USING (feed_id)
ORDER BY feed_state.feed_id
