-- mart.search_texts: the distinct words of every article and deal, for search(). Of articles the headline and the text;
-- beyond 100,000 articles the sentences that deals were read from. No order: no sentence can be had back from it.
-- grain: one article or deal
-- key: kind, found_id
-- units: none
-- reader: search()
WITH sentences AS (
    SELECT claims.article_id, claims.deal_id, string_agg(DISTINCT deal_mentions.sentence, ' ') AS sentences
    FROM core.current_evidence AS claims
    JOIN core.deal_mentions USING (deal_mention_id)
    GROUP BY GROUPING SETS ((claims.article_id), (claims.deal_id))
),

bodies AS (
    SELECT article_id, reader_version, body
    FROM core.articles
    WHERE (SELECT count(*) FROM mart.articles) <= 100000
),

texts AS (
    SELECT
        'article' AS kind,
        articles.article_id AS found_id,
        concat_ws(
            ' ',
            articles.title,
            articles.publisher,
            coalesce(bodies.body, sentences.sentences)
        ) AS text
    FROM core.current_articles AS articles
    JOIN core.current_reader_version USING (reader_version)
    LEFT JOIN bodies USING (article_id, reader_version)
    LEFT JOIN sentences ON sentences.article_id = articles.article_id
    UNION ALL
    SELECT
        'deal',
        deals.deal_id,
        concat_ws(
            ' ',
            deals.type,
            deals.status,
            deals.parties,
            deals.accelerator_model,
            deals.locations,
            deals.source_title,
            sentences.sentences
        )
    FROM mart.deals AS deals
    LEFT JOIN sentences ON sentences.deal_id = deals.deal_id
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

SELECT kind, found_id, ' ' || array_to_string(listed, ' ') || ' ' AS distinct_words, len(listed) AS words_count
FROM split
