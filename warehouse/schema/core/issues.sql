-- core.issues: what went wrong with one subject while the run went on without it.
-- grain: one kind of trouble of one subject, for troubles of reading at one version of the reader
-- key: stage, subject_id, code, reader_version
-- null: nothing; reader_version is '' where no reader had a part in it
CREATE TABLE core.issues (
    stage          VARCHAR NOT NULL,
    subject_id     VARCHAR NOT NULL,
    code           VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    message        VARCHAR NOT NULL,
    first_seen_at  TIMESTAMPTZ NOT NULL
);
