-- core.search_scope: whether search() covers the texts of articles: beyond 100,000 articles a scan of all their words takes
-- more than half a second, and their headlines alone are published.
-- grain: one row
-- key: has_texts
-- units: none
-- reader: mart.search_texts
SELECT count(*) <= 100000 AS has_texts
FROM mart.articles
