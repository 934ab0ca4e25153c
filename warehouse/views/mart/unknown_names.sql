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
        current_articles.reader_version,
        current_articles.published_on
    FROM core.mentions
    JOIN core.current_articles USING (article_id, reader_version)
    JOIN core.current_reader_version USING (reader_version)
    WHERE mentions.kind = 'organisation'
),

counted AS (
    SELECT
        name,
        count(*) AS mentions_count,
        count(DISTINCT article_id) AS articles_count,
        arg_min(
            {'article_id': article_id, 'reader_version': reader_version, 'start_char': start_char},
            (coalesce(published_on, DATE '9999-12-31'), article_id, start_char)
        ) AS first_named
    FROM named
    GROUP BY name
),

dealt AS (
    SELECT name, count(DISTINCT deal_id) AS deals_count
    FROM core.current_parties
    WHERE company_id IS NULL
    GROUP BY name
)

SELECT
    counted.name,
    coalesce(dealt.deals_count, 0) AS deals_count,
    counted.articles_count,
    counted.mentions_count,
    -- characters are counted from 0 in spans, from 1 in SQL
    replace(
        substr(
            concat_ws(chr(10) || chr(10), nullif(articles.title, ''), nullif(articles.body, '')),
            greatest(counted.first_named.start_char - 79, 1),
            200
        ),
        chr(10),
        ' '
    ) AS context,
    articles.publisher,
    articles.url,
    articles.published_on
FROM counted
JOIN core.articles
    ON articles.article_id = counted.first_named.article_id
    AND articles.reader_version = counted.first_named.reader_version
LEFT JOIN dealt USING (name)
