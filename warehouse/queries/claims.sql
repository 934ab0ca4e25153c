-- claims: deal mentions with what resolving needs to know of their articles, as they were made.
-- parameters: reader_version, ids (deal_mention_id)
-- each table is cut down to these claims before it is joined: DuckDB would join whole tables first
WITH chosen AS MATERIALIZED (
    SELECT *
    FROM core.deal_mentions
    WHERE reader_version = $reader_version AND deal_mention_id IN (SELECT unnest($ids::VARCHAR[]))
),

sources AS MATERIALIZED (
    SELECT article_id, published_at, first_seen_at, publisher
    FROM core.articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM chosen)
),

own_words AS MATERIALIZED (
    SELECT article_id, is_own_word
    FROM core.filed_articles
    WHERE reader_version = $reader_version AND article_id IN (SELECT article_id FROM chosen)
)

SELECT
    chosen.* EXCLUDE (recorded_at),
    epoch_us(sources.published_at) AS published_at, -- as whole numbers, which the driver hands out sooner
    epoch_us(sources.first_seen_at) AS first_seen_at,
    sources.publisher,
    coalesce(own_words.is_own_word, false) AS is_own_word
FROM chosen
JOIN sources USING (article_id)
LEFT JOIN own_words USING (article_id)
ORDER BY coalesce(sources.published_at, sources.first_seen_at), deal_mention_id
