-- core.capacity_mentions: capacity that an article says exists or is planned, outside a deal.
-- grain: one statement in one article
-- key: article_id, reader_version, position
-- null: owner* or facility where not told (never both), by_period and location where not told
CREATE TABLE core.capacity_mentions (
    article_id       VARCHAR NOT NULL,
    reader_version   VARCHAR NOT NULL,
    position         INTEGER NOT NULL,
    owner            VARCHAR,
    owner_mention    VARCHAR,
    owner_company_id VARCHAR,
    facility         VARCHAR,
    metric           VARCHAR NOT NULL,
    amount           DECIMAL(24, 3) NOT NULL,
    bound            VARCHAR NOT NULL,
    status           VARCHAR NOT NULL,
    by_period        VARCHAR,
    location         VARCHAR,
    start_char       INTEGER NOT NULL,
    end_char         INTEGER NOT NULL,
    surface          VARCHAR NOT NULL,
    confidence       DOUBLE NOT NULL
);
