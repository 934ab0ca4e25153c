-- mart.deal_revisions: how each deal changed: its whole state after each claim that changed it, oldest first, as told
-- now: what was known of it before a late article came stands in mart.deal_log.
-- grain: one revision of one deal
-- key: deal_id, revision
-- units: amounts in whole units of value_currency_code, power in MW, terms in months
-- reader: a deal's page in the dashboard, BI tools
SELECT
    state.deal_id,
    CAST(row_number() OVER (PARTITION BY state.deal_id ORDER BY state.revision) AS INTEGER) AS revision,
    told_in.published_on AS as_of_on,
    state.status,
    state.value_amount,
    state.value_amount_high,
    state.value_currency_code,
    state.value_bound,
    state.value_basis,
    state.valuation_amount,
    state.valuation_currency_code,
    state.valuation_bound,
    state.power_mw,
    state.power_mw_high,
    state.power_bound,
    state.power_basis,
    state.accelerator_count,
    state.accelerator_bound,
    state.accelerator_model,
    state.term_months,
    state.stake_pct,
    state.start_period,
    state.end_period,
    state.locations,
    state.recorded_at AT TIME ZONE 'UTC' AS known_from_at,
    state.deal_mention_id,
    told_in.title,
    told_in.publisher,
    told_in.url
FROM core.deal_revisions AS state
JOIN core.current_revisions AS newest
    ON newest.deal_id = state.deal_id
    AND newest.reader_version = state.reader_version
    AND newest.edition = state.edition
JOIN core.deal_mentions AS told_by ON told_by.deal_mention_id = state.deal_mention_id
JOIN core.articles AS told_in
    ON told_in.article_id = told_by.article_id AND told_in.reader_version = told_by.reader_version
