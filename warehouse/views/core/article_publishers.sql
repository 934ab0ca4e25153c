-- core.article_publishers: which registered publisher each article that counts is of: by the publisher's name as told,
-- else by the host of the address. Where the registry knows neither, the family is the name or host itself: each its own.
-- grain: one article, as read by one version of the reader
-- key: article_id, reader_version
-- units: none
-- reader: corroboration, mart.publishers
WITH sources AS (
    SELECT DISTINCT
        publisher,
        lower(publisher) AS folded_name,
        lower(regexp_extract(url, '^https?://(?:[^/@]*@)?([^/:?#]+)', 1)) AS host
    FROM core.current_articles
),

-- one spelling may be of several publishers: the first by id, so that every run says the same
by_name AS (
    SELECT folded_name, min(registry_id) AS publisher_id
    FROM core.registry_names
    WHERE thing = 'publisher'
    GROUP BY folded_name
),

-- news.example.co.uk -> news.example.co.uk, example.co.uk, co.uk
domains_of_host AS (
    SELECT host, array_to_string(parts[start:], '.') AS folded_name, start
    FROM (
        SELECT host, parts, unnest(range(1, len(parts))) AS start
        FROM (SELECT DISTINCT host, string_split(host, '.') AS parts FROM sources WHERE host <> '')
    )
),

by_host AS (
    SELECT
        domains_of_host.host,
        publishers.publisher_id,
        publishers.kind = 'aggregator' AS is_aggregator
    FROM domains_of_host
    JOIN core.registry_names USING (folded_name)
    JOIN core.publishers ON publishers.publisher_id = registry_names.registry_id
    WHERE registry_names.thing = 'domain'
    QUALIFY row_number() OVER (PARTITION BY domains_of_host.host ORDER BY start, publishers.publisher_id) = 1
),

known_sources AS (
    SELECT
        sources.publisher,
        sources.host,
        coalesce(by_name.publisher_id, by_host.publisher_id) AS publisher_id,
        coalesce(nullif(sources.folded_name, ''), nullif(sources.host, '')) AS own_family
    FROM sources
    LEFT JOIN by_name USING (folded_name)
    -- the host of an aggregator says nothing of who wrote what it lists
    LEFT JOIN by_host ON by_host.host = sources.host AND (sources.publisher IS NULL OR NOT by_host.is_aggregator)
)

SELECT
    articles.article_id,
    articles.reader_version,
    articles.publisher,
    known_sources.publisher_id,
    coalesce(publishers.family, known_sources.own_family) AS family,
    coalesce(publishers.tier, 3) AS tier,
    articles.published_at,
    articles.published_on
FROM core.current_articles AS articles
JOIN known_sources
    ON known_sources.publisher IS NOT DISTINCT FROM articles.publisher
    AND known_sources.host IS NOT DISTINCT FROM
        lower(regexp_extract(articles.url, '^https?://(?:[^/@]*@)?([^/:?#]+)', 1))
LEFT JOIN core.publishers USING (publisher_id)
