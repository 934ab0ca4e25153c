-- mart.counterparties: who deals with whom: the side that provides and the side that receives, over deals that count in
-- totals. A deal with two suppliers stands under each of its pairs: never sum figures over pairs.
-- grain: one ordered pair of companies, roles and deal type
-- key: provider, receiver, provider_role, receiver_role, type
-- units: amount_usd in US dollars, power_mw in MW
-- reader: BI tools, mart.circular_flows
WITH sides (provider_role, receiver_role) AS (
    VALUES
        ('supplier', 'customer'),
        ('developer', 'customer'),
        ('investor', 'investee'),
        ('lender', 'borrower'),
        ('guarantor', 'borrower'),
        ('acquirer', 'target'),
        ('acquirer', 'seller')
),

pairs AS (
    SELECT DISTINCT
        provider.deal_id,
        provider.name AS provider,
        receiver.name AS receiver,
        provider.role AS provider_role,
        receiver.role AS receiver_role
    FROM mart.deal_parties AS provider
    JOIN sides ON sides.provider_role = provider.role
    JOIN mart.deal_parties AS receiver ON receiver.deal_id = provider.deal_id AND receiver.role = sides.receiver_role
    WHERE receiver.name <> provider.name
)

SELECT
    pairs.provider,
    pairs.receiver,
    pairs.provider_role,
    pairs.receiver_role,
    deals.type,
    count(*) AS deals_count,
    sum(deals.amount_usd) AS amount_usd,
    sum(deals.power_mw) AS power_mw,
    min(deals.announced_on) AS first_announced_on,
    max(deals.announced_on) AS last_announced_on
FROM pairs
JOIN mart.deals AS deals USING (deal_id)
WHERE deals.is_in_totals
GROUP BY pairs.provider, pairs.receiver, pairs.provider_role, pairs.receiver_role, deals.type
