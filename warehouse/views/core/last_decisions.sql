-- core.last_decisions: of the decisions about each claim the last one, which counts; no deal_id where the claim is of none.
-- grain: one claim, as resolved by one version of the reader
-- key: deal_mention_id, reader_version
-- units: none
-- reader: resolving, stories, the marts
SELECT deal_mention_id, reader_version, decision, deal_id
FROM core.deal_evidence
WHERE NOT EXISTS (
    SELECT 1
    FROM core.deal_evidence AS later
    WHERE later.deal_mention_id = deal_evidence.deal_mention_id
      AND later.reader_version = deal_evidence.reader_version
      AND later.decision > deal_evidence.decision
      AND later.decision > 1 -- few: the rest need not be looked through
)
