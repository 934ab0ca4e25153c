-- raw.feed_state: what the last poll of a feed left behind; updated by every poll, so nothing published may depend on it
-- beyond whether the feed works.
-- grain: one feed
-- key: feed_id
-- null: validators that the server did not send, times and codes of what has not happened yet, error_* after a good poll
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
    error_message        VARCHAR
);
