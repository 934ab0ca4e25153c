-- raw.feed_fetches: polls of feeds that brought something new, or failed in another way than the poll before.
-- grain: one poll of one feed; a poll that found nothing new adds no row
-- key: feed_id, retrieved_at
-- null: status_code where no answer came, content_hash and content_type where no body was taken (that of a failed poll
-- is kept too), error_* where the poll went well
CREATE TABLE raw.feed_fetches (
    feed_id       VARCHAR NOT NULL,
    retrieved_at  TIMESTAMPTZ NOT NULL,
    url           VARCHAR NOT NULL,
    status_code   INTEGER,
    outcome       VARCHAR NOT NULL,
    content_hash  VARCHAR,
    byte_count    BIGINT NOT NULL,
    error_code    VARCHAR,
    error_message VARCHAR,
    content_type  VARCHAR
);
