-- 0009: dates of publication that lay in the future when we saw them are kept as told and used for nothing.
CREATE TABLE raw.entries_new (
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

INSERT INTO raw.entries_new BY NAME
SELECT
    * REPLACE (
        CASE WHEN published_at <= first_seen_at + INTERVAL 1 DAY THEN published_at END AS published_at
    ),
    published_at AS told_published_at,
    CASE
        WHEN published_at IS NULL THEN 'undated'
        WHEN published_at > first_seen_at + INTERVAL 1 DAY THEN 'future'
        ELSE 'told'
    END AS date_quality
FROM raw.entries;
DROP TABLE raw.entries;
ALTER TABLE raw.entries_new RENAME TO entries;

ALTER TABLE core.articles ADD COLUMN told_published_at TIMESTAMPTZ;
ALTER TABLE core.articles ADD COLUMN date_quality VARCHAR;
UPDATE core.articles SET
    told_published_at = published_at,
    date_quality = CASE
        WHEN published_at IS NULL THEN 'undated'
        WHEN published_at > retrieved_at + INTERVAL 1 DAY THEN 'future'
        ELSE 'told'
    END;
UPDATE core.articles SET published_at = NULL, published_on = NULL WHERE date_quality = 'future';

UPDATE raw.documents SET published_at = NULL WHERE published_at > retrieved_at + INTERVAL 1 DAY;
