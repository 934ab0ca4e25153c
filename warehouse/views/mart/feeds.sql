-- mart.feeds: what each feed has brought and whether it works. Nothing here depends on when or how often we polled.
-- grain: one feed
-- key: feed_id
-- units: times in UTC; an address stands without user, password and secret parameters
-- reader: dashboard, whoever looks after the feeds
WITH brought AS (
    SELECT
        feed_id,
        count(DISTINCT entry_id) AS entries_count,
        count(DISTINCT item_id) AS items_count,
        CAST(max(published_at) AT TIME ZONE 'UTC' AS DATE) AS newest_published_on,
        max(first_seen_at) AT TIME ZONE 'UTC' AS last_new_entry_at
    FROM raw.entries
    GROUP BY feed_id
),

deals_told AS (
    SELECT entries.feed_id, count(DISTINCT current_evidence.deal_id) AS deals_count
    FROM raw.entries
    JOIN core.current_evidence USING (item_id)
    GROUP BY entries.feed_id
)

SELECT
    feed_state.feed_id,
    regexp_replace(
        regexp_replace(feed_state.url, '//[^/?#]*@', '//'),
        '([?&](api[_-]?key|key|(access[_-]?)?token|auth|authorization|password|passwd|pwd|secret|sig|signature|sid)=)[^&#]*',
        '\1***',
        'gi'
    ) AS url,
    feed_state.error_code IS NOT NULL AS is_failing,
    feed_state.error_code,
    coalesce(brought.entries_count, 0) AS entries_count,
    coalesce(brought.items_count, 0) AS items_count,
    coalesce(deals_told.deals_count, 0) AS deals_count,
    brought.newest_published_on,
    brought.last_new_entry_at
FROM raw.feed_state
LEFT JOIN brought USING (feed_id)
LEFT JOIN deals_told USING (feed_id)
