-- core.alert_deliveries: what became of each try to deliver a message.
-- grain: one try
-- key: message_id, attempted_at
-- null: error_message where the target took the message
CREATE TABLE core.alert_deliveries (
    message_id    VARCHAR NOT NULL,
    attempted_at  TIMESTAMPTZ NOT NULL,
    outcome       VARCHAR NOT NULL,
    error_message VARCHAR
);
