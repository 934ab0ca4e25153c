-- mart.deals: every deal as it stands now, with its parties and figures, how sure it is and where it was told first.
-- Sum figures over rows with is_in_totals only: rumored and cancelled deals are no commitments, and what one publisher
-- says that nobody knows is no figure.
-- grain: one deal
-- key: deal_id
-- units: amounts in whole units of value_currency_code, amount_usd in US dollars, power in MW, terms in months
-- reader: dashboard, report, BI tools
-- one list a deal, for every aggregate that orders its rows sorts them once more
WITH listed AS (
    SELECT deal_id, list_sort(list({'position': position, 'name': name, 'role': role})) AS parties
    FROM core.current_parties
    GROUP BY deal_id
),

party_texts AS (
    SELECT
        deal_id,
        array_to_string([party.name || ' (' || party.role || ')' FOR party IN parties], '; ') AS parties,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'supplier'], '; '), '') AS suppliers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'customer'], '; '), '') AS customers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'developer'], '; '), '') AS developers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'investor'], '; '), '') AS investors,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'investee'], '; '), '') AS investees,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'lender'], '; '), '') AS lenders,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'borrower'], '; '), '') AS borrowers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'acquirer'], '; '), '') AS acquirers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'target'], '; '), '') AS targets,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'seller'], '; '), '') AS sellers,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'partner'], '; '), '') AS partners,
        nullif(array_to_string([party.name FOR party IN parties IF party.role = 'guarantor'], '; '), '') AS guarantors
    FROM listed
),

-- whose word a slot is, where it is not the machine's
decided AS (
    SELECT
        current_sources.deal_id,
        string_agg(current_sources.slot || ' by ' || decisions.decided_by, '; ' ORDER BY current_sources.slot)
            AS decided_slots
    FROM core.current_sources
    JOIN core.current_decisions AS decisions USING (decision_id)
    GROUP BY current_sources.deal_id
),

reports AS (
    SELECT
        deal_id,
        CASE WHEN bool_or(focus = 'primary') THEN 'primary' ELSE 'background' END AS focus,
        max(confidence) AS confidence,
        count(DISTINCT article_id) AS articles_count,
        count(DISTINCT publisher) AS publishers_count
    FROM core.current_evidence
    GROUP BY deal_id
),

first_sources AS (
    SELECT deal_id, title, publisher, url, published_on
    FROM core.current_evidence
    QUALIFY row_number() OVER (
        PARTITION BY deal_id
        ORDER BY focus <> 'primary', published_on NULLS LAST, first_seen_at, deal_mention_id
    ) = 1
)

SELECT
    state.deal_id,
    state.type,
    state.status,
    state.status NOT IN ('rumored', 'cancelled') AND support.is_believed AS is_in_totals,
    support.corroboration,
    support.independent_publishers_count,
    reports.focus,
    deal_days.announced_on,
    CAST(date_trunc('month', deal_days.announced_on) AS DATE) AS announced_month,
    deal_days.first_reported_on,
    changed_in.published_on AS last_changed_on,
    party_texts.parties,
    party_texts.suppliers,
    party_texts.customers,
    party_texts.developers,
    party_texts.investors,
    party_texts.investees,
    party_texts.lenders,
    party_texts.borrowers,
    party_texts.acquirers,
    party_texts.targets,
    party_texts.sellers,
    party_texts.partners,
    party_texts.guarantors,
    state.value_amount,
    state.value_amount_high,
    state.value_currency_code,
    state.value_bound,
    state.value_basis,
    state.value_is_increment,
    deal_usd.amount_usd,
    deal_usd.usd_rate,
    deal_usd.usd_rate_on,
    deal_usd.rate_source AS usd_rate_source,
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
    decided.decided_slots,
    reports.confidence,
    state.revision AS revisions_count,
    reports.articles_count,
    reports.publishers_count,
    first_sources.title AS source_title,
    first_sources.publisher AS source_publisher,
    first_sources.url AS source_url,
    first_sources.published_on AS source_published_on
FROM core.current_revisions AS state
JOIN reports USING (deal_id)
JOIN core.deal_days USING (deal_id)
JOIN core.deal_corroboration AS support USING (deal_id)
LEFT JOIN core.deal_usd USING (deal_id)
JOIN first_sources USING (deal_id)
LEFT JOIN party_texts USING (deal_id)
LEFT JOIN decided USING (deal_id)
JOIN core.deal_mentions AS changed_by ON changed_by.deal_mention_id = state.deal_mention_id
JOIN core.articles AS changed_in
    ON changed_in.article_id = changed_by.article_id AND changed_in.reader_version = changed_by.reader_version
