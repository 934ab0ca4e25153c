-- pending_messages: the alerts of each message that is neither delivered nor given up, with its failed tries.
-- parameters: none
WITH tries AS (
    SELECT
        message_id,
        count(*) FILTER (outcome = 'failed') AS failures,
        max(attempted_at) AS last_attempt_at,
        bool_or(outcome <> 'failed') AS is_over
    FROM core.alert_deliveries
    GROUP BY message_id
)

SELECT
    messages.message_id,
    messages.target,
    messages.watch,
    alerts.* EXCLUDE (watch, recorded_at),
    coalesce(tries.failures, 0) AS failures,
    tries.last_attempt_at
FROM core.alert_messages AS messages
JOIN core.alerts USING (alert_id)
LEFT JOIN tries USING (message_id)
WHERE NOT coalesce(tries.is_over, false)
ORDER BY messages.recorded_at, messages.message_id, alerts.recorded_at, alert_id
