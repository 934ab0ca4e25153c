-- core.articles: what was read in a document: title and body as plain text.
-- grain: one document of one news item, as read by one version of the reader
-- key: article_id, reader_version
-- null: what neither the document nor its feed told, published_* where the date told lay in the future (date_quality);
-- body is '' where there is a headline alone
CREATE TABLE core.articles (
    article_id        VARCHAR NOT NULL,
    reader_version    VARCHAR NOT NULL,
    document_id       VARCHAR NOT NULL,
    item_id           VARCHAR NOT NULL,
    kind              VARCHAR NOT NULL,
    url               VARCHAR,
    canonical_url     VARCHAR,
    publisher         VARCHAR,
    title             VARCHAR NOT NULL,
    body              VARCHAR NOT NULL USING COMPRESSION zstd,
    language          VARCHAR,
    published_at      TIMESTAMPTZ,
    published_on      DATE,
    retrieved_at      TIMESTAMPTZ NOT NULL,
    first_seen_at     TIMESTAMPTZ NOT NULL,
    is_truncated      BOOLEAN NOT NULL,
    content_hash      VARCHAR NOT NULL,
    recorded_at       TIMESTAMPTZ NOT NULL,
    read_with         VARCHAR,
    has_body          BOOLEAN,
    told_published_at TIMESTAMPTZ,
    date_quality      VARCHAR
);
