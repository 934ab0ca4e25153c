-- mart.exchange_rates: what one unit of a currency was worth in US dollars, on each day with a published rate.
-- grain: one currency on one day
-- key: currency_code, rate_on
-- units: usd_rate in US dollars for one unit
-- reader: analysts who convert on another day than that of the announcement
SELECT currency_code, rate_on, usd_rate, rate_source
FROM core.usd_rates
