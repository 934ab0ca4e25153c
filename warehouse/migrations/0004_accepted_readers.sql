-- 0004: versions of the reader are accepted, and an article says which program read it.
CREATE TABLE core.reader_versions_new (
    acceptance     INTEGER NOT NULL,
    reader_version VARCHAR NOT NULL,
    accepted_by    VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

INSERT INTO core.reader_versions_new BY NAME
SELECT
    row_number() OVER (ORDER BY recorded_at, reader_version) AS acceptance,
    reader_version,
    'gigawire' AS accepted_by,
    'resolved before versions were accepted' AS reason,
    recorded_at
FROM core.reader_versions;
DROP TABLE core.reader_versions;
ALTER TABLE core.reader_versions_new RENAME TO reader_versions;

ALTER TABLE core.articles ADD COLUMN read_with VARCHAR;
