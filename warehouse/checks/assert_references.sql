-- assert_references: what a row points to exists, all the way from a deal down to the article (of mentions:
-- assert_mentions_have_articles; of documents: assert_articles_have_documents). Rows that changed may be asked alone, but
-- what they point to is looked for in the whole table: its name says so.
SELECT 'core.deal_mentions -> core.articles' AS reference, deal_mention_id AS id
FROM core.deal_mentions ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
UNION ALL
SELECT 'core.capacity_mentions -> core.articles', article_id
FROM core.capacity_mentions ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
UNION ALL
SELECT 'core.capex_mentions -> core.articles', article_id
FROM core.capex_mentions ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
UNION ALL
SELECT 'core.stories -> core.articles', article_id
FROM core.stories ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
UNION ALL
SELECT 'core.copies -> core.articles', article_id
FROM core.copies ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
UNION ALL
SELECT 'core.copies.original_id -> core.articles', original_id
FROM core.copies
ANTI JOIN warehouse.core.articles ON articles.article_id = original_id AND articles.reader_version = copies.reader_version
UNION ALL
SELECT 'core.deal_mention_parties -> core.deal_mentions', deal_mention_id
FROM core.deal_mention_parties ANTI JOIN warehouse.core.deal_mentions USING (deal_mention_id)
UNION ALL
SELECT 'core.slot_evidence -> core.deal_mentions', deal_mention_id
FROM core.slot_evidence ANTI JOIN warehouse.core.deal_mentions USING (deal_mention_id)
UNION ALL
SELECT 'core.deal_evidence -> core.deal_mentions', deal_mention_id
FROM core.deal_evidence ANTI JOIN warehouse.core.deal_mentions USING (deal_mention_id, reader_version)
UNION ALL
SELECT 'core.deal_evidence -> core.deals', deal_id
FROM core.deal_evidence ANTI JOIN warehouse.core.deals USING (deal_id, reader_version)
WHERE deal_id IS NOT NULL
UNION ALL
SELECT 'core.deal_endings -> core.deals', deal_id
FROM core.deal_endings ANTI JOIN warehouse.core.deals USING (deal_id, reader_version)
UNION ALL
SELECT 'core.deal_endings.into_deal_id -> core.deals', into_deal_id
FROM core.deal_endings
ANTI JOIN warehouse.core.deals ON deals.deal_id = into_deal_id AND deals.reader_version = deal_endings.reader_version
WHERE into_deal_id IS NOT NULL
UNION ALL
SELECT 'core.deals -> core.deal_revisions', deal_id
FROM core.deals ANTI JOIN warehouse.core.deal_revisions USING (deal_id, reader_version)
UNION ALL
SELECT 'core.deal_revisions -> core.deals', deal_id
FROM core.deal_revisions ANTI JOIN warehouse.core.deals USING (deal_id, reader_version)
UNION ALL
SELECT 'core.deal_revisions -> core.deal_evidence', deal_id
FROM core.deal_revisions ANTI JOIN warehouse.core.deal_evidence USING (deal_mention_id, reader_version)
UNION ALL
SELECT 'core.deal_parties -> core.deal_revisions', deal_id
FROM core.deal_parties ANTI JOIN warehouse.core.deal_revisions USING (deal_id, reader_version, revision)
ORDER BY reference, id
