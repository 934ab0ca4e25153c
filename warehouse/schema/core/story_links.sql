-- core.story_links: how surely two articles report one event, which depends on the two alone.
-- grain: one pair of articles that have something in common
-- key: article_id, other_id, reader_version
-- null: copy_kind where neither is a copy of the other
CREATE TABLE core.story_links (
    article_id     VARCHAR NOT NULL,
    other_id       VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    strength       DOUBLE NOT NULL,
    copy_kind      VARCHAR,
    recorded_at    TIMESTAMPTZ NOT NULL
);
