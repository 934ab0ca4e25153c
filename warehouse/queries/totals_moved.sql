-- totals_moved: totals of the release to be that have moved further from the last release than news does by itself: a
-- fall by more than a tenth (deals leave the tape only by correction), a rise beyond threefold once there are 100 deals.
-- Small tapes may move as they like: a fall of five deals or fewer, of a billion dollars or a gigawatt or less is none.
-- grain: one total
-- parameters: none; reads catalog last (the release before) and mart (the release to be)
WITH totals AS (
    SELECT
        'last' AS release,
        count(*) FILTER (is_in_totals) AS deals_count,
        coalesce(sum(amount_usd) FILTER (is_in_totals), 0) AS amount_usd,
        coalesce(sum(power_mw) FILTER (is_in_totals), 0) AS power_mw,
        coalesce(sum(accelerator_count) FILTER (is_in_totals), 0) AS accelerators_count,
        (SELECT count(*) FROM last.mart.articles) AS articles_count
    FROM last.mart.deals
    UNION ALL
    SELECT
        'next',
        count(*) FILTER (is_in_totals),
        coalesce(sum(amount_usd) FILTER (is_in_totals), 0),
        coalesce(sum(power_mw) FILTER (is_in_totals), 0),
        coalesce(sum(accelerator_count) FILTER (is_in_totals), 0),
        (SELECT count(*) FROM mart.articles)
    FROM mart.deals
),

told AS (
    SELECT release, 'deals_count' AS total, CAST(deals_count AS DOUBLE) AS amount, 5 AS slack, deals_count FROM totals
    UNION ALL SELECT release, 'amount_usd', CAST(amount_usd AS DOUBLE), 1e9, deals_count FROM totals
    UNION ALL SELECT release, 'power_mw', CAST(power_mw AS DOUBLE), 1000, deals_count FROM totals
    UNION ALL SELECT release, 'accelerators_count', CAST(accelerators_count AS DOUBLE), 100000, deals_count FROM totals
    UNION ALL SELECT release, 'articles_count', CAST(articles_count AS DOUBLE), 5, deals_count FROM totals
)

SELECT before.total, before.amount AS last_release, after.amount AS this_release
FROM told AS before
JOIN told AS after ON after.total = before.total AND after.release = 'next'
WHERE before.release = 'last'
  AND (
      (after.amount < 0.9 * before.amount AND before.amount - after.amount > before.slack)
      OR (after.amount > 3 * before.amount AND after.amount - before.amount > before.slack AND before.deals_count >= 100)
  )
ORDER BY before.total
