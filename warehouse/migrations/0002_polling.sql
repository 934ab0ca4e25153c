-- 0002: when a feed is polled next, how it has been failing, where it moves, what is unusual; hosts that asked for rest.
ALTER TABLE raw.feed_fetches ADD COLUMN content_type VARCHAR;

CREATE TABLE raw.feed_state_new (
    feed_id              VARCHAR NOT NULL,
    url                  VARCHAR NOT NULL,
    etag                 VARCHAR,
    last_modified        VARCHAR,
    content_hash         VARCHAR,
    last_polled_at       TIMESTAMPTZ,
    last_changed_at      TIMESTAMPTZ,
    last_status_code     INTEGER,
    consecutive_failures INTEGER NOT NULL,
    error_code           VARCHAR,
    error_message        VARCHAR,
    health               VARCHAR NOT NULL,
    failure_units        DOUBLE NOT NULL,
    next_poll_at         TIMESTAMPTZ,
    interval_minutes     DOUBLE NOT NULL,
    ttl_minutes          INTEGER,
    skip_hours           VARCHAR,
    skip_days            VARCHAR,
    last_body_at         TIMESTAMPTZ,
    last_entry_at        TIMESTAMPTZ,
    usual_per_day        DOUBLE NOT NULL,
    observed_days        DOUBLE NOT NULL,
    empty_polls          INTEGER NOT NULL,
    moved_url            VARCHAR,
    proposed_url         VARCHAR,
    proposed_at          TIMESTAMPTZ,
    proposed_polls       INTEGER NOT NULL,
    alarm_codes          VARCHAR
);

INSERT INTO raw.feed_state_new BY NAME
SELECT
    *,
    CASE WHEN consecutive_failures = 0 THEN 'well' ELSE 'failing' END AS health,
    consecutive_failures * 0.5 AS failure_units,
    0 AS interval_minutes,
    last_changed_at AS last_body_at,
    0 AS usual_per_day,
    0 AS observed_days,
    0 AS empty_polls,
    0 AS proposed_polls
FROM raw.feed_state;
DROP TABLE raw.feed_state;
ALTER TABLE raw.feed_state_new RENAME TO feed_state;

CREATE TABLE raw.host_state (
    host       VARCHAR NOT NULL,
    held_until TIMESTAMPTZ NOT NULL,
    reason     VARCHAR NOT NULL
);

CREATE TABLE raw.feed_alarms (
    feed_id   VARCHAR NOT NULL,
    code      VARCHAR NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    message   VARCHAR NOT NULL
);
