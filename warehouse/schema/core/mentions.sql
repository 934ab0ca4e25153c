-- core.mentions: names and quantities found in an article, with the words and where they stand.
-- grain: one span of one kind in one article
-- key: article_id, reader_version, start_char, end_char, kind
-- null: name and registry_id where the thing has none, value for names
CREATE TABLE core.mentions (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    surface        VARCHAR NOT NULL,
    name           VARCHAR,
    registry_id    VARCHAR,
    value          VARCHAR
);
