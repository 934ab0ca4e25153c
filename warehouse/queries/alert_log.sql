-- alert_log: the alerts decided last, newest first, each with its targets and what became of the last try.
-- parameters: limit
WITH last_tries AS (
    SELECT message_id, outcome, error_message
    FROM core.alert_deliveries
    QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY attempted_at DESC) = 1
)

SELECT
    alerts.recorded_at,
    alerts.watch,
    alerts.kind,
    alerts.deal_id,
    string_agg(messages.target, '; ' ORDER BY messages.target) AS targets,
    string_agg(coalesce(last_tries.outcome, 'waiting'), '; ' ORDER BY messages.target) AS outcome,
    string_agg(last_tries.error_message, '; ' ORDER BY messages.target) AS error_message
FROM core.alerts
LEFT JOIN core.alert_messages AS messages USING (alert_id)
LEFT JOIN last_tries USING (message_id)
GROUP BY ALL
ORDER BY alerts.recorded_at DESC, alerts.watch, alerts.deal_id
LIMIT $limit
