-- core.stories: which story an article belongs to: one event told by many articles. A row is never changed: an article
-- that moves, because what came later shows the event in another light, is placed anew, and its last placement counts.
-- grain: one placement of one article by one version of the reader
-- key: article_id, reader_version, placement
-- null: nothing
CREATE TABLE core.stories (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    placement      INTEGER NOT NULL,
    story_id       VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
