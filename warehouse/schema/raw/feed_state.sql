-- raw.feed_state: what the last poll of a feed left behind; updated by every poll, so nothing published may depend on it
-- beyond whether the feed works.
-- grain: one feed
-- key: feed_id
-- null: validators and wishes that the server did not send, times and codes of what has not happened yet, error_* after
-- a good poll, alarm_codes where all is as usual
CREATE TABLE raw.feed_state (
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
