-- raw.documents: retrieved bytes, kept in the archive under document_id, and the news item that they tell of.
-- grain: one document of one news item
-- key: document_id, item_id
-- null: feed_id and entry_id for documents from the inbox; title, publisher, published_at where no feed told them
CREATE TABLE raw.documents (
    document_id  VARCHAR NOT NULL,
    item_id      VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    url          VARCHAR,
    content_type VARCHAR,
    byte_count   BIGINT NOT NULL,
    retrieved_at TIMESTAMPTZ NOT NULL,
    feed_id      VARCHAR,
    entry_id     VARCHAR,
    title        VARCHAR,
    publisher    VARCHAR,
    published_at TIMESTAMPTZ
);
