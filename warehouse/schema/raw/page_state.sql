-- raw.page_state: news items whose page could not be had yet; the row goes when the page comes.
-- grain: one news item with a page that failed
-- key: item_id
-- null: nothing
CREATE TABLE raw.page_state (
    item_id         VARCHAR NOT NULL,
    url             VARCHAR NOT NULL,
    attempts        INTEGER NOT NULL,
    last_attempt_at TIMESTAMPTZ NOT NULL,
    error_code      VARCHAR NOT NULL,
    error_message   VARCHAR NOT NULL
);
