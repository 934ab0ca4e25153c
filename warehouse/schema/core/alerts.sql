-- core.alerts: news of deals that a watch asked for, as it was told; stored before anything is sent.
-- grain: one alert
-- key: alert_id
-- null: nothing
CREATE TABLE core.alerts (
    alert_id    VARCHAR NOT NULL,
    watch       VARCHAR NOT NULL,
    deal_id     VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    state_hash  VARCHAR NOT NULL,
    told        VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
