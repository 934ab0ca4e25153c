-- 0005: deals leave the tape on record; a claim may move to another deal, a history may be told anew.
CREATE TABLE core.deal_endings (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    ending         INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    into_deal_id   VARCHAR,
    reason         VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.deal_evidence_new (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    decision        INTEGER NOT NULL,
    deal_id         VARCHAR,
    kind            VARCHAR NOT NULL,
    first_as_of_at  TIMESTAMPTZ NOT NULL,
    last_as_of_at   TIMESTAMPTZ NOT NULL,
    recorded_at     TIMESTAMPTZ NOT NULL
);

INSERT INTO core.deal_evidence_new BY NAME SELECT *, 1 AS decision FROM core.deal_evidence;
DROP TABLE core.deal_evidence;
ALTER TABLE core.deal_evidence_new RENAME TO deal_evidence;

CREATE TABLE core.deal_revisions_new (
    deal_id                  VARCHAR NOT NULL,
    reader_version           VARCHAR NOT NULL,
    revision                 INTEGER NOT NULL,
    edition                  INTEGER NOT NULL,
    as_of_at                 TIMESTAMPTZ NOT NULL,
    deal_mention_id          VARCHAR NOT NULL,
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

INSERT INTO core.deal_revisions_new BY NAME SELECT *, 1 AS edition FROM core.deal_revisions;
DROP TABLE core.deal_revisions;
ALTER TABLE core.deal_revisions_new RENAME TO deal_revisions;
