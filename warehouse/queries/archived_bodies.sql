-- archived_bodies: everything that was retrieved and put into the archive, each retrieval once, oldest first.
-- is_needed: the current body of a feed, by which its next poll is compared; an article with evidence of a deal. Entries'
-- own texts (kind entry) are written by us from feed bodies, all other kinds are as they came over the wire.
-- parameters: none
WITH evidence AS (
    SELECT DISTINCT articles.document_id
    FROM core.deal_mentions
    JOIN core.articles USING (article_id, reader_version)
),

bodies AS (
    SELECT
        feed_fetches.content_hash,
        'feed' AS kind,
        feed_fetches.url,
        feed_fetches.content_type,
        feed_fetches.retrieved_at,
        coalesce(feed_state.content_hash = feed_fetches.content_hash, false) AS is_needed
    FROM raw.feed_fetches
    LEFT JOIN raw.feed_state USING (feed_id)
    WHERE feed_fetches.content_hash IS NOT NULL
    UNION ALL
    SELECT
        documents.document_id,
        documents.kind,
        documents.url,
        documents.content_type,
        documents.retrieved_at,
        evidence.document_id IS NOT NULL
    FROM raw.documents
    LEFT JOIN evidence USING (document_id)
)

SELECT
    content_hash,
    kind,
    coalesce(url, '') AS url,
    coalesce(any_value(content_type), '') AS content_type,
    retrieved_at,
    bool_or(is_needed) AS is_needed
FROM bodies
GROUP BY content_hash, kind, url, retrieved_at
ORDER BY retrieved_at, url, content_hash, kind
