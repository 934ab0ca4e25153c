-- assert_mentions_have_articles: a mention stands in an article that was read by the same version of the reader.
SELECT article_id, reader_version, count(*) AS mentions_count
FROM core.mentions ANTI JOIN warehouse.core.articles USING (article_id, reader_version)
GROUP BY article_id, reader_version
ORDER BY article_id, reader_version
