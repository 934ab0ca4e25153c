-- core.deal_corroboration: how well each deal is supported: by how many publishers that do not copy each other (families
-- folded, copies left out), by a party's own word (press release, own site, filing), and what speaks against it.
-- corroboration is retracted (denied and never agreed), disputed (a denial or another figure by others that no party's word
-- settles), confirmed (a party's own word), corroborated (two publishers and more), else reported.
-- grain: one deal
-- key: deal_id
-- units: none
-- reader: mart.deals
WITH told AS (
    SELECT
        claims.deal_id,
        claims.deal_mention_id,
        claims.status,
        claims.focus,
        article_publishers.publisher_id,
        article_publishers.family,
        article_publishers.tier,
        current_copies.article_id IS NOT NULL AS is_copy,
        coalesce(filed_articles.is_own_word, false)
            OR coalesce(article_publishers.publisher_id IN (
                'sec-edgar', 'sedar', 'dart', 'hkexnews', 'asx-announcements', 'bse-india', 'nse-india', 'companies-house',
                'twse-mops'
            ), false)
            OR (publishers.kind = 'company' AND own_sites.deal_id IS NOT NULL) AS is_own_word
    FROM core.current_evidence AS claims
    JOIN core.current_reader_version ON true
    JOIN core.article_publishers
        ON article_publishers.article_id = claims.article_id
        AND article_publishers.reader_version = current_reader_version.reader_version
    LEFT JOIN core.publishers USING (publisher_id)
    LEFT JOIN core.filed_articles
        ON filed_articles.article_id = claims.article_id
        AND filed_articles.reader_version = current_reader_version.reader_version
    LEFT JOIN core.current_copies
        ON current_copies.article_id = claims.article_id
        AND current_copies.reader_version = current_reader_version.reader_version
    -- a company's newsroom speaks for the company, not for others
    LEFT JOIN (
        SELECT DISTINCT current_parties.deal_id, publishers.publisher_id
        FROM core.current_parties
        JOIN core.registry_names AS spelt
            ON spelt.thing = 'company' AND spelt.registry_id = current_parties.company_id
        JOIN core.publishers
            ON publishers.kind = 'company'
            AND lower(regexp_replace(publishers.name, ' (News|Newsroom|Blog|Press Room|Investor Relations)$', ''))
                = lower(spelt.name)
    ) AS own_sites
        ON own_sites.deal_id = claims.deal_id AND own_sites.publisher_id = article_publishers.publisher_id
),

-- who says another figure than the deal holds
contradicted AS (
    SELECT DISTINCT told.deal_id
    FROM told
    JOIN core.issues ON issues.subject_id = told.deal_mention_id
    WHERE issues.stage = 'resolve' AND starts_with(issues.code, 'conflicting_') AND NOT told.is_copy
),

counted AS (
    SELECT
        deal_id,
        greatest(1, count(DISTINCT family) FILTER (NOT is_copy)) AS independent_publishers_count,
        coalesce(bool_or(is_own_word), false) AS is_own_word,
        bool_or(publisher_id IS NOT NULL) AS is_known,
        min(tier) FILTER (publisher_id IS NOT NULL) AS tier,
        coalesce(bool_or(focus = 'primary' AND status = 'cancelled'), false) AS is_denied,
        coalesce(bool_or(status IN ('announced', 'amended', 'closed')), false) AS is_agreed,
        coalesce(bool_or(is_own_word AND status IN ('announced', 'amended', 'closed')), false) AS is_own_agreed
    FROM told
    GROUP BY deal_id
)

SELECT
    counted.deal_id,
    CASE
        WHEN state.status = 'cancelled' AND NOT counted.is_agreed THEN 'retracted'
        WHEN state.status <> 'cancelled' AND counted.is_denied AND NOT counted.is_own_agreed THEN 'disputed'
        WHEN contradicted.deal_id IS NOT NULL AND NOT counted.is_own_word THEN 'disputed'
        WHEN counted.is_own_word THEN 'confirmed'
        WHEN counted.independent_publishers_count > 1 THEN 'corroborated'
        ELSE 'reported'
    END AS corroboration,
    counted.independent_publishers_count,
    counted.is_own_word,
    counted.tier AS best_tier,
    -- a claim of a domain that nobody knows, alone, is worth no figure
    counted.is_known OR counted.is_own_word OR counted.independent_publishers_count > 1 AS is_believed
FROM counted
JOIN core.current_revisions AS state USING (deal_id)
LEFT JOIN contradicted USING (deal_id)
