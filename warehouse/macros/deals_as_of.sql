-- deals_as_of: every deal that the tape showed at a moment, as it told it then: by the version of the reader that was in
-- force, with what people had decided by then, without the deals that had left the tape. What was learned later, or read
-- anew, changes nothing of the answer.
-- parameters: moment is a time in UTC
-- grain: one deal
-- units: amounts in whole units of value_currency_code, power in MW, terms in months
-- reader: analysts, whoever must show what was known when
SELECT *
FROM mart.deal_log
WHERE known_from_at <= CAST(moment AS TIMESTAMP)
  AND (known_until_at IS NULL OR known_until_at > CAST(moment AS TIMESTAMP))
ORDER BY deal_id
