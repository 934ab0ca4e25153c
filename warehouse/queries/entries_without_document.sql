-- entries_without_document: entries of news items of which no document is kept, not even the entry's own text.
-- parameters: none
SELECT
    feed_id,
    entry_id,
    version_hash,
    item_id,
    title,
    link,
    canonical_url,
    summary,
    content,
    authors,
    told_published_at,
    updated_at,
    publisher,
    publisher_url,
    language,
    is_truncated,
    related_titles,
    first_seen_at
FROM raw.entries
WHERE NOT EXISTS (SELECT 1 FROM raw.documents WHERE documents.item_id = entries.item_id)
ORDER BY first_seen_at, feed_id, entry_id, version_hash
