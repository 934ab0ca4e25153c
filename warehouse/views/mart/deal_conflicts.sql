-- mart.deal_conflicts: slots of deals for which sources give different figures: each figure with who says it. They are
-- ranked, the one that the tape holds first, then a party's own word, then what more publishers give, the newest first;
-- and never averaged.
-- grain: one figure for a slot of a deal on which sources differ
-- key: deal_id, slot, rank
-- units: as value says
-- reader: a deal's page in the dashboard, whoever reviews
WITH disputed AS (
    SELECT DISTINCT claims.deal_id, issues.code[13:] AS slot
    FROM core.current_evidence AS claims
    JOIN core.issues ON issues.subject_id = claims.deal_mention_id
    WHERE issues.stage = 'resolve' AND starts_with(issues.code, 'conflicting_')
),

told AS (
    SELECT
        disputed.deal_id,
        disputed.slot,
        quoted.value,
        claims.publisher,
        claims.published_on,
        current_sources.deal_id IS NOT NULL AS is_chosen,
        coalesce(filed_articles.is_own_word, false) AS is_own_word
    FROM disputed
    JOIN core.current_evidence AS claims USING (deal_id)
    JOIN core.slot_evidence AS quoted ON quoted.deal_mention_id = claims.deal_mention_id AND quoted.slot = disputed.slot
    LEFT JOIN core.current_sources
        ON current_sources.deal_id = disputed.deal_id
        AND current_sources.slot = disputed.slot
        AND current_sources.deal_mention_id = claims.deal_mention_id
    LEFT JOIN core.filed_articles ON filed_articles.article_id = claims.article_id
        AND filed_articles.reader_version = (SELECT reader_version FROM core.current_reader_version)
),

figures AS (
    SELECT
        deal_id,
        slot,
        value,
        string_agg(DISTINCT publisher, '; ' ORDER BY publisher) AS publishers,
        count(DISTINCT publisher) AS publishers_count,
        bool_or(is_chosen) AS is_chosen,
        bool_or(is_own_word) AS is_own_word,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on
    FROM told
    GROUP BY deal_id, slot, value
)

SELECT
    deal_id,
    slot,
    CAST(row_number() OVER (
        PARTITION BY deal_id, slot
        ORDER BY is_chosen DESC, is_own_word DESC, publishers_count DESC, last_published_on DESC NULLS LAST, value
    ) AS INTEGER) AS rank,
    value,
    publishers,
    publishers_count,
    is_chosen,
    is_own_word,
    first_published_on,
    last_published_on
FROM figures
