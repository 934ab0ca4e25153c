-- core.current_parties: the companies of each deal as it stands: by the last word of people, else the machine's.
-- grain: one party in one role of one deal
-- key: deal_id, position
-- units: none
-- reader: the marts of deals
SELECT deal_parties.deal_id, deal_parties.position, deal_parties.role, deal_parties.name, deal_parties.company_id
FROM core.deal_parties
JOIN core.current_revisions USING (deal_id, reader_version, revision)
WHERE current_revisions.decided IS NULL
UNION ALL
SELECT decided_parties.deal_id, decided_parties.position, decided_parties.role, decided_parties.name,
    decided_parties.company_id
FROM core.decided_parties
JOIN core.current_revisions USING (deal_id, reader_version, decided)
