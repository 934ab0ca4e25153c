-- what_changed: revisions of deals by articles published since a day: new deals, and for the others each term before and
-- after, the newest first.
-- parameters: since is a day
-- grain: one revision of one deal
-- units: amounts in units of their currency, power in MW, terms in months
-- reader: analysts, whoever reads the tape every morning
WITH steps AS (
    SELECT
        revisions.deal_id,
        revisions.revision,
        revisions.as_of_on,
        revisions.title,
        revisions.publisher,
        revisions.url,
        revisions.status,
        lag(revisions.status) OVER told AS status_before,
        revisions.value_amount,
        lag(revisions.value_amount) OVER told AS value_before,
        revisions.value_currency_code,
        revisions.power_mw,
        lag(revisions.power_mw) OVER told AS power_before,
        revisions.accelerator_count,
        lag(revisions.accelerator_count) OVER told AS accelerators_before,
        revisions.term_months,
        lag(revisions.term_months) OVER told AS term_before,
        revisions.start_period,
        lag(revisions.start_period) OVER told AS start_before
    FROM mart.deal_revisions AS revisions
    WHERE revisions.deal_id IN (SELECT deal_id FROM mart.deal_revisions WHERE as_of_on >= CAST(since AS DATE))
    WINDOW told AS (PARTITION BY revisions.deal_id ORDER BY revisions.revision)
)

SELECT
    steps.as_of_on,
    steps.deal_id,
    steps.revision,
    CASE WHEN steps.revision = 1 THEN 'new' ELSE 'revised' END AS kind,
    deals.type,
    deals.parties,
    steps.status,
    CASE WHEN steps.revision > 1 THEN concat_ws(
        '; ',
        CASE WHEN steps.status IS DISTINCT FROM steps.status_before
            THEN 'status ' || steps.status_before || ' -> ' || steps.status END,
        CASE WHEN steps.value_amount IS DISTINCT FROM steps.value_before
            THEN 'value ' || coalesce(format('{:,}', CAST(steps.value_before AS BIGINT)), 'none') || ' -> '
                || coalesce(format('{:,}', CAST(steps.value_amount AS BIGINT)) || ' ' || steps.value_currency_code, 'none')
        END,
        CASE WHEN steps.power_mw IS DISTINCT FROM steps.power_before
            THEN 'MW ' || coalesce(format('{:g}', steps.power_before), 'none') || ' -> '
                || coalesce(format('{:g}', steps.power_mw), 'none') END,
        CASE WHEN steps.accelerator_count IS DISTINCT FROM steps.accelerators_before
            THEN 'accelerators ' || coalesce(format('{:,}', steps.accelerators_before), 'none') || ' -> '
                || coalesce(format('{:,}', steps.accelerator_count), 'none') END,
        CASE WHEN steps.term_months IS DISTINCT FROM steps.term_before
            THEN 'months ' || coalesce(CAST(steps.term_before AS VARCHAR), 'none') || ' -> '
                || coalesce(CAST(steps.term_months AS VARCHAR), 'none') END,
        CASE WHEN steps.start_period IS DISTINCT FROM steps.start_before
            THEN 'start ' || coalesce(steps.start_before, 'none') || ' -> ' || coalesce(steps.start_period, 'none') END
    ) END AS changes,
    steps.title,
    steps.publisher,
    steps.url
FROM steps
JOIN mart.deals AS deals USING (deal_id)
WHERE steps.as_of_on >= CAST(since AS DATE)
ORDER BY steps.as_of_on DESC, steps.deal_id, steps.revision
