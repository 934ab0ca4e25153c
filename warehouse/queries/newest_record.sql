-- newest_record: when the tape was changed last, by whatever version of the reader.
-- parameters: none
SELECT max(recorded_at)
FROM (
    SELECT max(recorded_at) AS recorded_at FROM core.deal_evidence
    UNION ALL
    SELECT max(recorded_at) FROM core.deal_revisions
    UNION ALL
    SELECT max(recorded_at) FROM core.deal_endings
    UNION ALL
    SELECT max(recorded_at) FROM core.reader_versions
)
