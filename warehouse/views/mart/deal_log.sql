-- mart.deal_log: what the tape said of each deal, and from when until when it said so, by the version of the reader that
-- kept it then. Rows are added, never rewritten; deals_as_of(moment) asks it.
-- grain: one span of time in which the tape said one thing of one deal
-- key: deal_id, known_from_at
-- units: amounts in whole units of value_currency_code, power in MW, terms in months, times in UTC
-- reader: analysts, whoever must show what was known when
WITH states AS (
    SELECT standings.known_from_at, standings.known_until_at, standings.decided, told.* EXCLUDE (edition, recorded_at)
    FROM core.deal_standings AS standings
    JOIN core.deal_revisions AS told USING (deal_id, reader_version, revision)
    WHERE standings.decided IS NULL
    UNION ALL BY NAME
    SELECT
        standings.known_from_at,
        standings.known_until_at,
        standings.decided,
        standings.revision,
        told.as_of_at,
        told.deal_mention_id,
        people.* EXCLUDE (decided, standing, into_deal_id, has_state, decision_ids, state_hash, recorded_at)
    FROM core.deal_standings AS standings
    JOIN core.deal_revisions AS told USING (deal_id, reader_version, revision)
    JOIN core.decided_deals AS people USING (deal_id, reader_version, decided)
),

-- an aggregate that orders its rows takes four times as long
machine_parties AS (
    SELECT
        deal_id,
        reader_version,
        revision,
        array_to_string(
            [party.told FOR party IN list_sort(list({'position': position, 'told': name || ' (' || role || ')'}))], '; '
        ) AS parties
    FROM core.deal_parties
    GROUP BY deal_id, reader_version, revision
),

decided_parties AS (
    SELECT deal_id, reader_version, decided, string_agg(name || ' (' || role || ')', '; ' ORDER BY position) AS parties
    FROM core.decided_parties
    GROUP BY deal_id, reader_version, decided
)

SELECT
    states.deal_id,
    states.known_from_at AT TIME ZONE 'UTC' AS known_from_at,
    states.known_until_at AT TIME ZONE 'UTC' AS known_until_at,
    states.reader_version,
    states.type,
    states.status,
    CAST(states.as_of_at AT TIME ZONE 'UTC' AS DATE) AS as_of_on,
    coalesce(decided_parties.parties, machine_parties.parties) AS parties,
    states.value_amount,
    states.value_amount_high,
    states.value_currency_code,
    states.value_bound,
    states.value_basis,
    states.valuation_amount,
    states.valuation_currency_code,
    states.valuation_bound,
    states.power_mw,
    states.power_mw_high,
    states.power_bound,
    states.power_basis,
    states.accelerator_count,
    states.accelerator_bound,
    states.accelerator_model,
    states.term_months,
    states.stake_pct,
    states.start_period,
    states.end_period,
    states.locations,
    states.deal_mention_id
FROM states
LEFT JOIN machine_parties USING (deal_id, reader_version, revision)
LEFT JOIN decided_parties USING (deal_id, reader_version, decided)
