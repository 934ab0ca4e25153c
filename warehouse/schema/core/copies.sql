-- core.copies: articles that copy an earlier one: syndicated, reprinted, shortened, two wires with one release.
-- A row is never changed: where a still earlier text turns up, a row says so, and the last recorded counts.
-- grain: one article and one original that it was found to copy
-- key: article_id, reader_version, original_id
-- null: nothing
CREATE TABLE core.copies (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    original_id    VARCHAR NOT NULL,
    copy_kind      VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
