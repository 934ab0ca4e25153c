-- deal_descriptions: what a deal can be known by again, also of one that is off the tape: type, parties, day, addresses.
-- parameters: prefix (how the deal_id begins)
WITH chosen AS (
    SELECT deals.deal_id, deals.type, deals.reader_version
    FROM core.deals
    JOIN core.current_reader_version USING (reader_version)
    WHERE starts_with(deals.deal_id, $prefix)
),

told AS (
    SELECT deal_evidence.deal_id, deal_evidence.deal_mention_id, deal_evidence.reader_version
    FROM core.deal_evidence
    JOIN core.current_reader_version USING (reader_version)
    QUALIFY row_number() OVER (PARTITION BY deal_evidence.deal_mention_id ORDER BY deal_evidence.decision DESC) = 1
),

articles AS (
    SELECT
        told.deal_id,
        min(coalesce(articles.published_at, articles.first_seen_at)) AS first_told_at,
        list_sort(list(DISTINCT coalesce(articles.url, articles.canonical_url)) FILTER (
            coalesce(articles.url, articles.canonical_url) IS NOT NULL
        )) AS urls
    FROM told
    JOIN core.deal_mentions USING (deal_mention_id, reader_version)
    JOIN core.articles USING (article_id, reader_version)
    GROUP BY told.deal_id
),

names AS (
    SELECT deal_parties.deal_id, list(deal_parties.name ORDER BY deal_parties.position) AS parties
    FROM core.deal_parties
    JOIN chosen USING (deal_id, reader_version)
    WHERE deal_parties.revision = (
        SELECT max(latest.revision)
        FROM core.deal_parties AS latest
        WHERE latest.deal_id = deal_parties.deal_id AND latest.reader_version = deal_parties.reader_version
    )
    GROUP BY deal_parties.deal_id
)

SELECT
    chosen.deal_id,
    chosen.type,
    names.parties,
    CAST(articles.first_told_at AT TIME ZONE 'UTC' AS DATE) AS first_told_on,
    articles.urls
FROM chosen
JOIN articles USING (deal_id)
LEFT JOIN names USING (deal_id)
ORDER BY chosen.deal_id
