-- core.current_articles: of all that was read for a news item (its entry's own text, its page), the one article that counts:
-- one with a body before a bare headline, then page before inbox before entry, then the one retrieved last. Its body stays
-- in core.articles: reading all bodies to choose would take longer than all else.
-- grain: one news item, as read by one version of the reader
-- key: item_id, reader_version
-- units: none
-- reader: resolving, stories, the marts
SELECT
    article_id,
    reader_version,
    item_id,
    kind,
    url,
    canonical_url,
    publisher,
    title,
    language,
    published_at,
    published_on,
    first_seen_at,
    is_truncated,
    told_published_at,
    date_quality
FROM core.articles
QUALIFY row_number() OVER (
    PARTITION BY item_id, reader_version
    ORDER BY
        NOT has_body,
        CASE kind WHEN 'page' THEN 0 WHEN 'inbox' THEN 1 ELSE 2 END,
        retrieved_at DESC,
        article_id
) = 1
