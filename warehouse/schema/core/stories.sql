-- core.stories: which story an article belongs to: one event told by many articles.
-- grain: one article, as placed by one version of the reader
-- key: article_id, reader_version
-- null: nothing
CREATE TABLE core.stories (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    story_id       VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
