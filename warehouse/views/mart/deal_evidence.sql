-- mart.deal_evidence: the words behind every figure and every party of a deal: the sentence, the article, the link. Where a
-- person fixed a slot, the decision is its evidence: deal_mention_id holds its id, sentence the reason, publisher who.
-- grain: one slot or party of one claim about one deal
-- key: deal_id, deal_mention_id, slot
-- units: as value says
-- reader: a deal's page in the dashboard, report, anybody who doubts a figure
WITH quotations AS (
    SELECT
        deal_mention_id, slot, value, surface, start_char, end_char, sentence, confidence,
        -- the name under which a revision keeps the claim that a slot came from
        CASE
            WHEN slot = 'term_months' THEN 'term'
            WHEN slot = 'stake_pct' THEN 'stake'
            WHEN slot = 'trigger' THEN 'status'
            WHEN starts_with(slot, 'location:') THEN 'locations'
            ELSE slot
        END AS state_slot
    FROM core.slot_evidence
    UNION ALL
    SELECT deal_mention_id, 'party:' || position, role || ': ' || name, surface, start_char, end_char, sentence,
        confidence, ''
    FROM core.deal_mention_parties
)

SELECT
    claims.deal_id,
    claims.deal_mention_id,
    quotations.slot,
    quotations.value,
    quotations.surface,
    quotations.sentence,
    claims.status,
    claims.focus,
    quotations.confidence,
    claims.article_id,
    claims.title,
    claims.publisher,
    claims.url,
    claims.published_on,
    current_sources.deal_id IS NOT NULL AS is_source,
    quotations.start_char,
    quotations.end_char,
    claims.rules
FROM core.current_evidence AS claims
JOIN quotations USING (deal_mention_id)
LEFT JOIN core.current_sources
    ON current_sources.deal_id = claims.deal_id
    AND current_sources.deal_mention_id = claims.deal_mention_id
    AND current_sources.slot = quotations.state_slot
UNION ALL BY NAME
SELECT
    current_revisions.deal_id,
    decisions.decision_id AS deal_mention_id,
    CASE decisions.slot WHEN 'term' THEN 'term_months' WHEN 'stake' THEN 'stake_pct' ELSE decisions.slot END AS slot,
    decisions.value,
    decisions.value AS surface,
    decisions.reason AS sentence,
    current_revisions.status,
    'primary' AS focus,
    1.0 AS confidence,
    NULL AS article_id,
    'Decision of ' || decisions.decided_by AS title,
    decisions.decided_by AS publisher,
    NULL AS url,
    CAST(decisions.decided_at AT TIME ZONE 'UTC' AS DATE) AS published_on,
    true AS is_source,
    0 AS start_char,
    0 AS end_char,
    NULL AS rules
FROM core.current_revisions
JOIN core.current_sources USING (deal_id)
JOIN core.current_decisions AS decisions USING (decision_id)
