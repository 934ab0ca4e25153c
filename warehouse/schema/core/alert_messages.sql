-- core.alert_messages: which message carries which alerts to which target; the message's id is its key there.
-- grain: one alert in one message
-- key: message_id, alert_id
-- null: nothing
CREATE TABLE core.alert_messages (
    message_id  VARCHAR NOT NULL,
    target      VARCHAR NOT NULL,
    watch       VARCHAR NOT NULL,
    alert_id    VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
