-- mart.circular_flows: money that comes back: A funds, lends to or holds B while B buys from A, also by way of others.
-- Chains of two to four companies. Only deals that count in totals; where a tape has more, the 2,000 largest funding and
-- the 2,000 largest buying relations are followed.
-- grain: one closed chain of companies, told from the funder whose chain comes first by name
-- key: chain
-- units: funded_usd and bought_usd in US dollars, summed over the deals of the links, each deal of a link once
-- reader: analysts, anybody who asks whether demand pays for itself
WITH RECURSIVE relations AS (
    SELECT
        provider AS from_name,
        receiver AS to_name,
        'funds' AS link,
        sum(deals_count) AS deals_count,
        sum(amount_usd) AS amount_usd
    FROM mart.counterparties
    WHERE provider_role IN ('investor', 'lender', 'guarantor', 'acquirer') AND receiver_role <> 'seller'
    GROUP BY provider, receiver
    UNION ALL
    SELECT receiver, provider, 'buys from', sum(deals_count), sum(amount_usd)
    FROM mart.counterparties
    WHERE provider_role IN ('supplier', 'developer')
    GROUP BY receiver, provider
),

links AS (
    SELECT from_name, to_name, link, deals_count, amount_usd
    FROM relations
    QUALIFY row_number() OVER (
        PARTITION BY link ORDER BY amount_usd DESC NULLS LAST, deals_count DESC, from_name, to_name
    ) <= 2000
),

chains AS (
    SELECT
        from_name AS funder,
        to_name AS last_name,
        [from_name, to_name] AS names,
        [from_name || ' funds'] AS steps,
        1 AS links_count,
        coalesce(amount_usd, 0) AS funded_usd,
        CAST(0 AS DECIMAL(38, 2)) AS bought_usd,
        deals_count,
        false AS is_closed
    FROM links
    WHERE link = 'funds'
    UNION ALL
    SELECT
        chains.funder,
        links.to_name,
        CASE WHEN links.to_name = chains.funder THEN chains.names ELSE list_append(chains.names, links.to_name) END,
        list_append(chains.steps, chains.last_name || ' ' || links.link),
        chains.links_count + 1,
        chains.funded_usd + CASE WHEN links.link = 'funds' THEN coalesce(links.amount_usd, 0) ELSE 0 END,
        chains.bought_usd + CASE WHEN links.link = 'funds' THEN 0 ELSE coalesce(links.amount_usd, 0) END,
        chains.deals_count + links.deals_count,
        links.to_name = chains.funder
    FROM chains
    JOIN links ON links.from_name = chains.last_name
    WHERE NOT chains.is_closed
      AND chains.links_count < 4
      AND (
          (links.to_name = chains.funder AND links.link = 'buys from')
          OR NOT list_contains(chains.names, links.to_name)
      )
),

-- a chain with two funders was found from both
told_once AS (
    SELECT
        funder, names, steps, links_count, deals_count, funded_usd, bought_usd,
        list_min(list_transform(
            range(1, links_count + 1),
            lambda k: array_to_string(list_concat(steps[k:], steps[:k - 1]), ', ')
        )) AS turned
    FROM chains
    WHERE is_closed
    QUALIFY row_number() OVER (PARTITION BY turned ORDER BY funder, array_to_string(steps, ', ')) = 1
)

SELECT
    array_to_string(steps, ' ') || ' ' || funder AS chain,
    funder,
    array_to_string(names, '; ') AS companies,
    len(names) AS companies_count,
    links_count,
    deals_count,
    funded_usd,
    bought_usd
FROM told_once
