-- deals_to_review: deals in doubt on the tape that is shown: claims that could be of two deals, sources that contradict each
-- other, deals that the machine took off the tape as misread. Deals of which something is decided are left out.
-- parameters: none
WITH settled AS (
    SELECT DISTINCT unnest(string_split(deal_ids, '; ')) AS deal_id
    FROM core.current_decisions
    WHERE outcome = 'applied' AND deal_ids IS NOT NULL
),

party_texts AS (
    SELECT deal_id, string_agg(name || ' (' || role || ')', '; ' ORDER BY position) AS parties
    FROM core.current_parties
    GROUP BY deal_id
),

doubts AS (
    SELECT
        CASE issues.code WHEN 'ambiguous_deal' THEN 'ambiguous' ELSE 'conflict' END AS kind,
        current_evidence.deal_id,
        issues.message AS why,
        current_evidence.url,
        deal_mentions.sentence
    FROM core.issues
    JOIN core.current_reader_version USING (reader_version)
    JOIN core.current_evidence ON current_evidence.deal_mention_id = issues.subject_id
    JOIN core.deal_mentions ON deal_mentions.deal_mention_id = issues.subject_id
    WHERE issues.stage = 'resolve' AND (issues.code = 'ambiguous_deal' OR starts_with(issues.code, 'conflicting_'))
),

misread AS (
    SELECT 'doubtful' AS kind, current_endings.deal_id, current_endings.reason AS why, articles.url, deal_mentions.sentence
    FROM core.current_endings
    JOIN core.current_reader_version ON true
    JOIN core.deal_revisions USING (deal_id, reader_version)
    JOIN core.deal_mentions USING (deal_mention_id, reader_version)
    JOIN core.articles USING (article_id, reader_version)
    WHERE current_endings.kind = 'withdrawn'
    QUALIFY row_number() OVER (
        PARTITION BY current_endings.deal_id ORDER BY deal_revisions.edition DESC, deal_revisions.revision DESC
    ) = 1
)

SELECT found.kind, found.deal_id, found.why, found.url, found.sentence, party_texts.parties
FROM (FROM doubts UNION ALL FROM misread) AS found
LEFT JOIN party_texts USING (deal_id)
ANTI JOIN settled USING (deal_id)
ORDER BY found.kind, found.deal_id, found.why
