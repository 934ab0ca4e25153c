-- deal_claims: the claims that speak of these deals, or stand in these articles and are resolved or were read.
-- parameters: reader_version, deal_ids, article_ids
SELECT deal_mentions.deal_mention_id, last_decisions.deal_id
FROM core.deal_mentions
LEFT JOIN core.last_decisions USING (deal_mention_id, reader_version)
WHERE reader_version = $reader_version
  AND (
      last_decisions.deal_id IN (SELECT unnest($deal_ids::VARCHAR[]))
      OR deal_mentions.article_id IN (SELECT unnest($article_ids::VARCHAR[]))
  )
ORDER BY deal_mentions.deal_mention_id
