-- mart.deal_parties: the companies of each deal as it stands now, for joins and for counting by company.
-- grain: one party in one role of one deal
-- key: deal_id, position
-- units: none
-- reader: dashboard, BI tools
SELECT deal_id, position, role, name, company_id
FROM core.current_parties
