-- raw.feed_alarms: what a person should look at, noted when it began; a row stays when it is over.
-- grain: one alarm of one feed
-- key: feed_id, code, raised_at
-- null: nothing
CREATE TABLE raw.feed_alarms (
    feed_id   VARCHAR NOT NULL,
    code      VARCHAR NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    message   VARCHAR NOT NULL
);
