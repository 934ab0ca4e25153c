-- mart.search_texts: the distinct words of every article and deal, for search(). Of articles headline, publisher and text,
-- beyond 100,000 articles the headline alone; of deals parties, places, kind, chips and the headline that told of it first.
-- grain: one article or deal
-- key: kind, found_id
-- units: none
-- reader: search()
WITH article_words AS (
    SELECT
        articles.article_id AS found_id,
        articles.title,
        CASE
            WHEN (SELECT has_texts FROM core.search_scope) THEN kept.distinct_words
            ELSE kept.title_words
        END AS distinct_words
    FROM core.current_articles AS articles
    JOIN core.current_reader_version USING (reader_version)
    LEFT JOIN core.article_words AS kept USING (article_id, reader_version)
),

-- articles that were read before their words were kept
texts AS (
    SELECT 'article' AS kind, found_id, title AS text FROM article_words WHERE distinct_words IS NULL
    UNION ALL
    SELECT
        'deal',
        deal_id,
        concat_ws(' ', type, status, parties, accelerator_model, locations, source_title)
    FROM mart.deals
),

split AS (
    SELECT
        kind,
        found_id,
        list_sort(list_distinct(string_split(
            trim(regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}]+', ' ', 'g')), ' '
        ))) AS listed
    FROM texts
)

SELECT
    'article' AS kind,
    found_id,
    distinct_words,
    length(distinct_words) - length(replace(distinct_words, ' ', '')) - 1 AS words_count
FROM article_words
WHERE distinct_words IS NOT NULL
UNION ALL
SELECT kind, found_id, ' ' || array_to_string(listed, ' ') || ' ', len(listed)
FROM split
