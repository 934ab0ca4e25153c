-- core.current_reader_version: the version of the reader that marts show: the one accepted last.
-- grain: one row, none before anything was resolved
-- key: reader_version
-- units: none
-- reader: the marts
SELECT reader_version
FROM core.reader_versions
ORDER BY acceptance DESC NULLS LAST, recorded_at DESC
LIMIT 1
