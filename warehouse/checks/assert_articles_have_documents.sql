-- assert_articles_have_documents: an article was read in a document that is there.
-- By hashes: over millions of long ids that takes a third of the time, and one that is missing has no other's hash.
SELECT article_id, document_id, item_id
FROM core.articles
WHERE hash(document_id, item_id) NOT IN (SELECT hash(document_id, item_id) FROM raw.documents)
ORDER BY article_id
