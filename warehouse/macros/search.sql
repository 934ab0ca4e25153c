-- search: articles and deals that hold all the words, the best first. A word also finds longer ones that begin with it
-- ("gigawatt" finds gigawatts). Whole words count more than beginnings, words of the headline twice, short texts more than
-- long ones (as in BM25, where the rarity of words orders nothing once all of them must be there).
-- parameters: words, in any order and case, with or without accents; at_most rows
-- grain: one article or deal
-- units: score without unit, only for order
-- reader: analysts, dashboard
WITH asked AS (
    SELECT list_sort(list_distinct(list_filter(
        string_split(trim(regexp_replace(lower(strip_accents(words)), '[^\p{L}\p{N}]+', ' ', 'g')), ' '),
        lambda word: word <> ''
    ))) AS terms
),

texts AS (
    SELECT avg(words_count) AS usual_count FROM mart.search_texts
),

-- the first words one by one, so that most texts are left after one look
hits AS (
    SELECT searched.kind, searched.found_id, searched.words_count, searched.distinct_words, asked.terms
    FROM mart.search_texts AS searched
    CROSS JOIN asked
    WHERE contains(searched.distinct_words, ' ' || asked.terms[1])
      AND coalesce(contains(searched.distinct_words, ' ' || asked.terms[2]), true)
      AND coalesce(contains(searched.distinct_words, ' ' || asked.terms[3]), true)
      AND coalesce(list_bool_and(list_transform(
          asked.terms[4:], lambda term: contains(searched.distinct_words, ' ' || term)
      )), true)
),

named AS (
    SELECT
        hits.kind,
        hits.found_id,
        hits.words_count,
        hits.distinct_words,
        hits.terms,
        coalesce(deals.announced_on, articles.published_on) AS told_on,
        coalesce(articles.title, deals.source_title) AS title,
        deals.parties,
        coalesce(articles.publisher, deals.source_publisher) AS publisher,
        coalesce(articles.url, deals.source_url) AS url,
        lower(strip_accents(coalesce(articles.title, deals.source_title))) AS headline
    FROM hits
    LEFT JOIN mart.articles AS articles ON hits.kind = 'article' AND articles.article_id = hits.found_id
    LEFT JOIN mart.deals AS deals ON hits.kind = 'deal' AND deals.deal_id = hits.found_id
)

SELECT
    named.kind,
    named.found_id,
    named.told_on,
    named.title,
    named.parties,
    named.publisher,
    named.url,
    round(list_sum(list_transform(
        named.terms,
        lambda term:
            CASE WHEN contains(named.distinct_words, ' ' || term || ' ') THEN 1.0 ELSE 0.5 END
            * CASE WHEN contains(named.headline, term) THEN 2.0 ELSE 1.0 END
    )) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * named.words_count / texts.usual_count)), 6) AS score
FROM named
CROSS JOIN texts
ORDER BY score DESC, named.told_on DESC NULLS LAST, named.kind, named.found_id
LIMIT at_most
