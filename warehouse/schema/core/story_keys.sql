-- core.story_keys: what an article is found by: articles that may tell one event, or copy one another, share a key.
-- grain: one article, as read by one version of the reader
-- key: article_id, reader_version
-- null: nothing
CREATE TABLE core.story_keys (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    as_of_at       TIMESTAMPTZ NOT NULL,
    reach_days     INTEGER NOT NULL,
    copy_keys      BIGINT[] NOT NULL,
    event_keys     BIGINT[] NOT NULL
);
