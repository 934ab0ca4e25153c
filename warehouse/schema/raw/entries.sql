-- raw.entries: entries as the feeds told them; an entry that its publisher edited has a row for each version.
-- grain: one version of one entry of one feed
-- key: feed_id, entry_id, version_hash
-- null: what the feed did not tell; published_at is never filled in with the time of the poll,
-- and null where the date told lay in the future (date_quality)
CREATE TABLE raw.entries (
    feed_id           VARCHAR NOT NULL,
    entry_id          VARCHAR NOT NULL,
    version_hash      VARCHAR NOT NULL,
    item_id           VARCHAR NOT NULL,
    title             VARCHAR NOT NULL,
    link              VARCHAR,
    canonical_url     VARCHAR,
    summary           VARCHAR,
    content           VARCHAR,
    authors           VARCHAR,
    published_at      TIMESTAMPTZ,
    updated_at        TIMESTAMPTZ,
    publisher         VARCHAR,
    publisher_url     VARCHAR,
    language          VARCHAR,
    is_truncated      BOOLEAN NOT NULL,
    related_titles    VARCHAR,
    first_seen_at     TIMESTAMPTZ NOT NULL,
    told_published_at TIMESTAMPTZ,
    date_quality      VARCHAR NOT NULL
);
