-- core.reader_versions: versions of the reader whose claims were resolved; marts show the one recorded last.
-- grain: one version of the reader
-- key: reader_version
-- null: nothing
CREATE TABLE core.reader_versions (
    reader_version VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
