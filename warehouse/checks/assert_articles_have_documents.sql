-- assert_articles_have_documents: an article was read in a document that is there.
SELECT article_id, document_id, item_id
FROM core.articles ANTI JOIN warehouse.raw.documents USING (document_id, item_id)
ORDER BY article_id
