-- 0010: articles may move between stories; what links them, what they are found by and what they copy is kept.
CREATE TABLE core.stories_new (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    placement      INTEGER NOT NULL,
    story_id       VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

INSERT INTO core.stories_new BY NAME SELECT *, 1 AS placement FROM core.stories;
DROP TABLE core.stories;
ALTER TABLE core.stories_new RENAME TO stories;

CREATE TABLE core.story_keys (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    as_of_at       TIMESTAMPTZ NOT NULL,
    reach_days     INTEGER NOT NULL,
    copy_keys      BIGINT[] NOT NULL,
    event_keys     BIGINT[] NOT NULL
);

CREATE TABLE core.story_links (
    article_id     VARCHAR NOT NULL,
    other_id       VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    strength       DOUBLE NOT NULL,
    copy_kind      VARCHAR,
    recorded_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.copies (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    original_id    VARCHAR NOT NULL,
    copy_kind      VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
