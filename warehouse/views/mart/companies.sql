-- mart.companies: who is party to deals or known to the registry, each with its group and how often it dealt.
-- grain: one company, by its canonical name
-- key: name
-- units: none
-- reader: BI tools as the dimension of parties (join on name), company()
WITH RECURSIVE parents AS (
    SELECT company_id, company_id AS group_id, parent_id, 0 AS steps
    FROM core.companies
    UNION ALL
    SELECT parents.company_id, companies.company_id, companies.parent_id, parents.steps + 1
    FROM parents
    JOIN core.companies ON companies.company_id = parents.parent_id
    WHERE parents.steps < 9
),

groups AS (
    SELECT company_id, arg_max(group_id, steps) AS group_id
    FROM parents
    GROUP BY company_id
),

spellings AS (
    SELECT registry_id AS company_id, string_agg(name, '; ' ORDER BY position) AS aliases
    FROM core.registry_names
    WHERE thing = 'company' AND position > 0
    GROUP BY registry_id
),

dealt AS (
    SELECT
        parties.name,
        any_value(parties.company_id) AS company_id,
        count(DISTINCT deals.deal_id) FILTER (deals.is_in_totals) AS deals_count,
        string_agg(DISTINCT parties.role, '; ' ORDER BY parties.role) AS roles,
        min(deals.announced_on) FILTER (deals.is_in_totals) AS first_announced_on,
        max(deals.announced_on) FILTER (deals.is_in_totals) AS last_announced_on
    FROM mart.deal_parties AS parties
    JOIN mart.deals AS deals USING (deal_id)
    GROUP BY parties.name
),

known AS (
    SELECT companies.company_id, companies.name, companies.kind, companies.country_code, companies.parent_id,
        groups.group_id, companies.tickers, companies.source
    FROM core.companies
    JOIN groups USING (company_id)
)

SELECT
    coalesce(known.name, dealt.name) AS name,
    known.company_id,
    known.kind,
    known.country_code,
    known.parent_id,
    known.group_id,
    coalesce(group_companies.name, known.name, dealt.name) AS group_name,
    known.tickers,
    spellings.aliases,
    coalesce(dealt.deals_count, 0) AS deals_count,
    dealt.roles,
    dealt.first_announced_on,
    dealt.last_announced_on,
    known.source
FROM known
FULL JOIN dealt ON dealt.name = known.name
LEFT JOIN core.companies AS group_companies ON group_companies.company_id = known.group_id
LEFT JOIN spellings ON spellings.company_id = known.company_id
