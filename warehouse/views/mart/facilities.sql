-- mart.facilities: campuses, plants and clusters with a name of their own, and how much is told of them.
-- grain: one facility of the registry
-- key: facility_id
-- units: latitude in degrees north, longitude in degrees east
-- reader: BI tools, analysts
WITH spellings AS (
    SELECT registry_id AS facility_id, string_agg(name, '; ' ORDER BY position) AS aliases
    FROM core.registry_names
    WHERE thing = 'facility' AND position > 0
    GROUP BY registry_id
),

telling AS (
    SELECT DISTINCT registry_id, article_id, reader_version
    FROM core.mentions
    WHERE kind = 'facility'
),

named AS (
    SELECT telling.registry_id AS facility_id, count(*) AS articles_count
    FROM telling
    JOIN core.current_reader_version USING (reader_version)
    SEMI JOIN core.current_articles USING (article_id, reader_version)
    GROUP BY telling.registry_id
)

SELECT
    facilities.facility_id,
    facilities.name,
    facilities.company_id,
    companies.name AS company,
    facilities.place,
    facilities.country_code,
    spellings.aliases,
    coalesce(named.articles_count, 0) AS articles_count,
    facilities.source,
    facilities.latitude,
    facilities.longitude
FROM core.facilities
LEFT JOIN core.companies USING (company_id)
LEFT JOIN spellings USING (facility_id)
LEFT JOIN named USING (facility_id)
