-- quality_fell: what the release to be tells worse than the last one. Freshness: its newest news was first seen more than a
-- day before that of the last release, for a table or a backup was lost. Accuracy: the deals that both releases count
-- are less sure by a tenth, or a tenth fewer of them tell their day, parties, money or megawatts, for a reader reads
-- less. Of fewer than 20 such deals shares may move as they like; what new deals tell is no comparison.
-- grain: one measure
-- parameters: none; reads catalog last (the release before) and mart (the release to be)
WITH deals AS (
    SELECT 'last' AS release, deal_id, announced_on, parties, value_amount, power_mw, confidence
    FROM last.mart.deals
    WHERE is_in_totals
    UNION ALL
    SELECT 'next', deal_id, announced_on, parties, value_amount, power_mw, confidence
    FROM mart.deals
    WHERE is_in_totals
),

in_both AS (
    FROM deals
    QUALIFY count(*) OVER (PARTITION BY deal_id) = 2
),

measured AS (
    SELECT
        release,
        count(*) AS deals_count,
        avg(confidence) AS confidence,
        count(announced_on) / count(*) AS announced_on_share,
        count(parties) / count(*) AS parties_share,
        count(value_amount) / count(*) AS value_share,
        count(power_mw) / count(*) AS power_share
    FROM in_both
    GROUP BY release
),

shares AS (
    UNPIVOT measured
    ON confidence, announced_on_share, parties_share, value_share, power_share
    INTO NAME measure VALUE share
),

newest AS (
    SELECT
        (SELECT max(first_seen_at) FROM last.mart.articles) AS last_seen_at,
        (SELECT max(first_seen_at) FROM mart.articles) AS next_seen_at
)

SELECT
    before.measure,
    CAST(round(before.share, 3) AS VARCHAR) AS last_release,
    CAST(round(after.share, 3) AS VARCHAR) AS this_release
FROM shares AS before
JOIN shares AS after ON after.measure = before.measure AND after.release = 'next'
WHERE before.release = 'last'
  AND before.deals_count >= 20
  AND after.share < before.share - 0.1
UNION ALL
SELECT 'newest_first_seen_at', CAST(last_seen_at AS VARCHAR), CAST(next_seen_at AS VARCHAR)
FROM newest
WHERE next_seen_at < last_seen_at - INTERVAL 1 DAY
ORDER BY measure
