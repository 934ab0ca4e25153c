-- entries_without_page: news items with a link whose page is not here yet, newest first; what the feed that told of the
-- item first said of it. Items whose page failed too often are left out.
-- parameters: max_attempts
WITH first_told AS (
    SELECT item_id, link, feed_id, entry_id, title, publisher, published_at
    FROM raw.entries
    WHERE link IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY first_seen_at, feed_id, entry_id, version_hash) = 1
)

SELECT
    first_told.item_id,
    first_told.link AS url,
    first_told.feed_id,
    first_told.entry_id,
    first_told.title,
    first_told.publisher,
    first_told.published_at
FROM first_told
WHERE NOT EXISTS (
    SELECT 1 FROM raw.documents WHERE documents.item_id = first_told.item_id AND documents.kind = 'page'
)
AND NOT EXISTS (
    SELECT 1
    FROM raw.page_state
    WHERE page_state.item_id = first_told.item_id AND page_state.attempts >= $max_attempts
)
ORDER BY first_told.published_at DESC NULLS LAST, first_told.item_id
