-- mart.unknown_names: organisations that the registry does not know, each with a place where it is named: the queue from
-- which people add companies and aliases. Names that are party to deals come first.
-- grain: one name
-- key: name
-- units: none
-- reader: whoever keeps the registry
WITH named AS (
    SELECT
        mentions.name,
        mentions.start_char,
        current_articles.article_id,
        current_articles.publisher,
        current_articles.url,
        current_articles.published_on,
        concat_ws(chr(10) || chr(10), nullif(current_articles.title, ''), nullif(current_articles.body, '')) AS text
    FROM core.mentions
    JOIN core.current_articles USING (article_id, reader_version)
    JOIN core.current_reader_version USING (reader_version)
    WHERE mentions.kind = 'organisation'
),

counted AS (
    SELECT name, count(*) AS mentions_count, count(DISTINCT article_id) AS articles_count
    FROM named
    GROUP BY name
),

dealt AS (
    SELECT deal_parties.name, count(DISTINCT deal_parties.deal_id) AS deals_count
    FROM core.deal_parties
    JOIN core.current_revisions USING (deal_id, reader_version, revision)
    WHERE deal_parties.company_id IS NULL
    GROUP BY deal_parties.name
),

first_named AS (
    SELECT
        name,
        -- characters are counted from 0 in spans, from 1 in SQL
        replace(substr(text, greatest(start_char - 79, 1), 200), chr(10), ' ') AS context,
        publisher,
        url,
        published_on
    FROM named
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY published_on NULLS LAST, article_id, start_char) = 1
)

SELECT
    name,
    coalesce(dealt.deals_count, 0) AS deals_count,
    counted.articles_count,
    counted.mentions_count,
    first_named.context,
    first_named.publisher,
    first_named.url,
    first_named.published_on
FROM counted
JOIN first_named USING (name)
LEFT JOIN dealt USING (name)
