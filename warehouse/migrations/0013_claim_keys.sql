-- 0013: known deals are found by keys, not by loading all of them; the type of a deal may change with its revisions.
CREATE TABLE core.claim_keys (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    claim_key       VARCHAR NOT NULL,
    article_id      VARCHAR NOT NULL,
    as_of_at        TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.filed_articles (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    as_of_at       TIMESTAMPTZ NOT NULL,
    names          VARCHAR,
    is_own_word    BOOLEAN NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.affiliations (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    child          VARCHAR NOT NULL,
    parent         VARCHAR NOT NULL
);

CREATE TABLE core.deal_revisions_new (
    deal_id                  VARCHAR NOT NULL,
    reader_version           VARCHAR NOT NULL,
    revision                 INTEGER NOT NULL,
    edition                  INTEGER NOT NULL,
    as_of_at                 TIMESTAMPTZ NOT NULL,
    deal_mention_id          VARCHAR NOT NULL,
    type                     VARCHAR NOT NULL,
    status                   VARCHAR NOT NULL,
    value_amount             DECIMAL(24, 2),
    value_amount_high        DECIMAL(24, 2),
    value_currency_code      VARCHAR,
    value_bound              VARCHAR,
    value_basis              VARCHAR,
    value_is_increment       BOOLEAN,
    valuation_amount         DECIMAL(24, 2),
    valuation_amount_high    DECIMAL(24, 2),
    valuation_currency_code  VARCHAR,
    valuation_bound          VARCHAR,
    valuation_basis          VARCHAR,
    valuation_is_increment   BOOLEAN,
    power_mw                 DECIMAL(18, 3),
    power_mw_high            DECIMAL(18, 3),
    power_bound              VARCHAR,
    power_basis              VARCHAR,
    power_is_increment       BOOLEAN,
    accelerator_count        BIGINT,
    accelerator_bound        VARCHAR,
    accelerator_model        VARCHAR,
    accelerator_is_increment BOOLEAN,
    term_months              INTEGER,
    term_bound               VARCHAR,
    stake_pct                DECIMAL(9, 4),
    stake_bound              VARCHAR,
    start_period             VARCHAR,
    start_relation           VARCHAR,
    end_period               VARCHAR,
    end_relation             VARCHAR,
    locations                VARCHAR,
    sources                  VARCHAR NOT NULL,
    recorded_at              TIMESTAMPTZ NOT NULL
);

INSERT INTO core.deal_revisions_new BY NAME
SELECT deal_revisions.*, deals.type
FROM core.deal_revisions
JOIN core.deals USING (deal_id, reader_version);
DROP TABLE core.deal_revisions;
ALTER TABLE core.deal_revisions_new RENAME TO deal_revisions;
