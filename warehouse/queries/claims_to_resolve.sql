-- claims_to_resolve: claims of the articles that count which no deal has yet.
-- parameters: reader_version
SELECT deal_mention_id
FROM core.deal_mentions
JOIN core.current_articles USING (article_id, reader_version)
WHERE reader_version = $reader_version
  AND NOT EXISTS (
      SELECT 1
      FROM core.deal_evidence
      WHERE deal_evidence.deal_mention_id = deal_mentions.deal_mention_id
        AND deal_evidence.reader_version = deal_mentions.reader_version
  )
ORDER BY deal_mention_id
