-- 0008: the outbox of alerts: what was decided, which messages carry it, what became of each try to deliver them.

CREATE TABLE core.alert_marks (
    upto_at     TIMESTAMPTZ NOT NULL,
    reason      VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.alerts (
    alert_id    VARCHAR NOT NULL,
    watch       VARCHAR NOT NULL,
    deal_id     VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    state_hash  VARCHAR NOT NULL,
    told        VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.alert_messages (
    message_id  VARCHAR NOT NULL,
    target      VARCHAR NOT NULL,
    watch       VARCHAR NOT NULL,
    alert_id    VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.alert_deliveries (
    message_id    VARCHAR NOT NULL,
    attempted_at  TIMESTAMPTZ NOT NULL,
    outcome       VARCHAR NOT NULL,
    error_message VARCHAR
);
