-- mart.deal_parties: the companies of each deal as it stands now, for joins and for counting by company.
-- grain: one party in one role of one deal
-- key: deal_id, position
-- units: none
-- reader: dashboard, BI tools
SELECT
    deal_parties.deal_id,
    deal_parties.position,
    deal_parties.role,
    deal_parties.name,
    deal_parties.company_id
FROM core.deal_parties
JOIN core.current_revisions USING (deal_id, reader_version, revision)
