-- core.alert_marks: up to when the tape has been looked at for alerts, and why without any (seed, backfill, accepted).
-- grain: one look
-- key: recorded_at, reason
-- null: nothing
CREATE TABLE core.alert_marks (
    upto_at     TIMESTAMPTZ NOT NULL,
    reason      VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
