-- core.reader_versions: which version of the reader the tape was kept by, and from when on; the marts show the last row's.
-- grain: one acceptance of a version
-- key: acceptance
-- null: nothing
CREATE TABLE core.reader_versions (
    acceptance     INTEGER NOT NULL,
    reader_version VARCHAR NOT NULL,
    accepted_by    VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
