-- decidable_deals: the deals that decisions could mean, with the claims and the addresses of the articles that tell of them,
-- as the machine tells them: deals of these ids, told in articles of these addresses, or with a party of these names that
-- no registry knows.
-- parameters: reader_version, ids (deal_id), urls, names
WITH resolved AS (
    SELECT deal_mention_id, deal_id
    FROM core.deal_evidence
    WHERE reader_version = $reader_version
    QUALIFY row_number() OVER (PARTITION BY deal_mention_id ORDER BY decision DESC) = 1
),

told AS (
    SELECT resolved.deal_id, resolved.deal_mention_id, current_articles.url, current_articles.canonical_url
    FROM resolved
    JOIN core.deal_mentions USING (deal_mention_id)
    JOIN core.current_articles
        ON current_articles.article_id = deal_mentions.article_id
        AND current_articles.reader_version = deal_mentions.reader_version
    WHERE resolved.deal_id IS NOT NULL
),

meant AS (
    SELECT unnest($ids::VARCHAR[]) AS deal_id
    UNION
    SELECT deal_id FROM told WHERE list_contains($urls::VARCHAR[], url) OR list_contains($urls::VARCHAR[], canonical_url)
    UNION
    SELECT deal_id
    FROM core.deal_parties
    WHERE reader_version = $reader_version AND company_id IS NULL AND list_contains($names::VARCHAR[], name)
)

SELECT told.deal_id, told.deal_mention_id, told.url, told.canonical_url
FROM told
JOIN meant USING (deal_id)
ORDER BY told.deal_id, told.deal_mention_id
