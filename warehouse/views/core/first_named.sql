-- core.first_named: where each organisation that the registry does not know stands first in the news that counts, and how
-- often it is named.
-- grain: one name
-- key: name
-- units: characters counted from 0
-- reader: core.name_contexts, mart.unknown_names
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
        ) AS place
    FROM named
    GROUP BY name
)

SELECT name, place.article_id, place.reader_version, place.start_char, articles_count, mentions_count
FROM counted
