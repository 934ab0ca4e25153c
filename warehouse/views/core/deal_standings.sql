-- core.deal_standings: which revision of a deal counted when, and what people had decided of it, by one version of the
-- reader while it kept the tape. Spans in which the deal was off the tape are left out.
-- grain: one span of time in which one version of the reader said one thing of one deal
-- key: deal_id, reader_version, known_from_at
-- units: none
-- reader: mart.deal_log
WITH in_force AS (
    SELECT
        reader_version,
        recorded_at AS from_at,
        lead(recorded_at, 1, TIMESTAMPTZ '9999-01-01 00:00:00+00') OVER (ORDER BY acceptance) AS until_at
    FROM core.reader_versions
),

revisions AS (
    SELECT deal_id, reader_version, recorded_at, max(revision) AS revision
    FROM core.deal_revisions
    GROUP BY deal_id, reader_version, recorded_at
),

endings AS (
    SELECT deal_id, reader_version, recorded_at, arg_max(kind, ending) AS kind
    FROM core.deal_endings
    GROUP BY deal_id, reader_version, recorded_at
),

decided AS (
    SELECT
        deal_id,
        reader_version,
        recorded_at,
        max(decided) AS decided,
        arg_max(standing, decided) AS standing,
        arg_max(has_state, decided) AS has_state
    FROM core.decided_deals
    GROUP BY deal_id, reader_version, recorded_at
),

moments AS (
    SELECT deal_id, reader_version, recorded_at AS from_at FROM revisions
    UNION SELECT deal_id, reader_version, recorded_at FROM endings
    UNION SELECT deal_id, reader_version, recorded_at FROM decided
    UNION SELECT deals.deal_id, deals.reader_version, in_force.from_at FROM core.deals JOIN in_force USING (reader_version)
),

spans AS (
    SELECT
        *,
        lead(from_at, 1, TIMESTAMPTZ '9999-01-01 00:00:00+00') OVER (
            PARTITION BY deal_id, reader_version ORDER BY from_at
        ) AS until_at
    FROM moments
),

said AS (
    SELECT
        spans.deal_id,
        spans.reader_version,
        spans.from_at,
        spans.until_at,
        revisions.revision,
        endings.kind AS ending,
        CASE WHEN decided.has_state THEN decided.decided END AS decided,
        decided.standing
    FROM spans
    ASOF JOIN revisions
        ON revisions.deal_id = spans.deal_id
        AND revisions.reader_version = spans.reader_version
        AND revisions.recorded_at <= spans.from_at
    ASOF LEFT JOIN endings
        ON endings.deal_id = spans.deal_id
        AND endings.reader_version = spans.reader_version
        AND endings.recorded_at <= spans.from_at
    ASOF LEFT JOIN decided
        ON decided.deal_id = spans.deal_id
        AND decided.reader_version = spans.reader_version
        AND decided.recorded_at <= spans.from_at
)

SELECT
    said.deal_id,
    said.reader_version,
    said.revision,
    said.decided,
    greatest(said.from_at, in_force.from_at) AS known_from_at,
    nullif(least(said.until_at, in_force.until_at), TIMESTAMPTZ '9999-01-01 00:00:00+00') AS known_until_at
FROM said
JOIN in_force
    ON in_force.reader_version = said.reader_version
    AND in_force.from_at < said.until_at
    AND said.from_at < in_force.until_at
WHERE CASE
    WHEN coalesce(said.standing, 'machine') <> 'machine' THEN said.standing = 'standing'
    ELSE coalesce(said.ending, 'restored') = 'restored'
END
