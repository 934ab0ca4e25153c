-- search: articles and deals that hold all the words, the best first. A word also finds longer ones that begin with it
-- ("gigawatt" finds gigawatts). Ranked by BM25: rare words count more than common ones, short texts more than long ones.
-- parameters: words, in any order and case, with or without accents; at_most rows
-- grain: one article or deal
-- units: score without unit, only for order
-- reader: analysts, dashboard
WITH asked AS (
    SELECT DISTINCT
        unnest(string_split(trim(regexp_replace(lower(strip_accents(words)), '[^\p{L}\p{N}]+', ' ', 'g')), ' ')) AS word
),

texts AS (
    SELECT count(*) AS texts_count, avg(words_count) AS usual_count FROM mart.search_texts
),

hits AS (
    SELECT
        searched.kind,
        searched.found_id,
        searched.words_count,
        count(*) OVER (PARTITION BY asked.word) AS holders_count
    FROM mart.search_texts AS searched
    JOIN asked ON contains(searched.distinct_words, ' ' || asked.word)
    WHERE asked.word <> ''
),

ranked AS (
    SELECT
        hits.kind,
        hits.found_id,
        round(sum(
            ln(1 + (texts.texts_count - hits.holders_count + 0.5) / (hits.holders_count + 0.5))
            * 2.2 / (1 + 1.2 * (0.25 + 0.75 * hits.words_count / texts.usual_count))
        ), 6) AS score
    FROM hits
    CROSS JOIN texts
    GROUP BY hits.kind, hits.found_id
    HAVING count(*) = (SELECT count(*) FROM asked WHERE word <> '')
)

SELECT
    ranked.kind,
    ranked.found_id,
    coalesce(deals.announced_on, articles.published_on) AS told_on,
    coalesce(articles.title, deals.source_title) AS title,
    deals.parties,
    coalesce(articles.publisher, deals.source_publisher) AS publisher,
    coalesce(articles.url, deals.source_url) AS url,
    ranked.score
FROM ranked
LEFT JOIN mart.articles AS articles ON ranked.kind = 'article' AND articles.article_id = ranked.found_id
LEFT JOIN mart.deals AS deals ON ranked.kind = 'deal' AND deals.deal_id = ranked.found_id
ORDER BY ranked.score DESC, told_on DESC NULLS LAST, ranked.kind, ranked.found_id
LIMIT at_most
