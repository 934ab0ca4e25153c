-- mart.unknown_names: organisations that the registry does not know, each with a place where it is named: the queue from
-- which people add companies and aliases. Names that are party to deals come first.
-- grain: one name
-- key: name
-- units: none
-- reader: whoever keeps the registry
WITH dealt AS (
    SELECT name, count(DISTINCT deal_id) AS deals_count
    FROM core.current_parties
    WHERE company_id IS NULL
    GROUP BY name
)

SELECT
    first_named.name,
    coalesce(dealt.deals_count, 0) AS deals_count,
    first_named.articles_count,
    first_named.mentions_count,
    name_contexts.context,
    name_contexts.publisher,
    name_contexts.url,
    name_contexts.published_on
FROM core.first_named
JOIN core.name_contexts USING (name)
LEFT JOIN dealt USING (name)
