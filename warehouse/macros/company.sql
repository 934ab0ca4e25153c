-- company: every deal of a company and of the companies that it controls, the newest first.
-- parameters: who is a name, another spelling, a ticker such as NASDAQ:NVDA, or a company_id; case does not matter
-- grain: one role of one company in one deal
-- units: amount_usd in US dollars, power_mw in MW
-- reader: analysts
WITH meant AS (
    SELECT companies.name, companies.company_id
    FROM mart.companies AS companies
    WHERE lower(who) IN (lower(companies.name), companies.company_id)
       OR list_contains(string_split(lower(companies.aliases), '; '), lower(who))
       OR list_contains(string_split(lower(companies.tickers), '; '), lower(who))
),

-- what the company controls, however many steps down the registry knows
controlled AS (
    SELECT companies.name
    FROM mart.companies AS companies
    WHERE companies.name IN (SELECT name FROM meant)
       OR companies.parent_id IN (SELECT company_id FROM meant)
       OR companies.group_id IN (SELECT company_id FROM meant)
)

SELECT
    deals.announced_on,
    parties.name,
    parties.role,
    deals.type,
    deals.status,
    deals.is_in_totals,
    deals.parties,
    deals.value_amount,
    deals.value_currency_code,
    deals.amount_usd,
    deals.power_mw,
    deals.accelerator_count,
    deals.accelerator_model,
    deals.term_months,
    deals.deal_id,
    deals.source_title,
    deals.source_url
FROM mart.deal_parties AS parties
JOIN controlled USING (name)
JOIN mart.deals AS deals USING (deal_id)
ORDER BY deals.announced_on DESC NULLS LAST, deals.deal_id, parties.name, parties.role
