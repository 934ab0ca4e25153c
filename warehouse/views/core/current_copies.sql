-- core.current_copies: the first text that each copy copies, as known now. Who counts publishers leaves these articles out.
-- grain: one article that is a copy
-- key: article_id, reader_version
-- units: none
-- reader: whoever counts publishers
SELECT article_id, reader_version, original_id, copy_kind
FROM core.copies
QUALIFY row_number() OVER (
    PARTITION BY article_id, reader_version
    ORDER BY recorded_at DESC, original_id
) = 1
