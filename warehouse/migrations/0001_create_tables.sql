-- 0001: the schemas and all tables as they were on the first day (their meaning stands in schema/ and catalog.yml).

CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA mart;

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

CREATE TABLE raw.entries (
    feed_id        VARCHAR NOT NULL,
    entry_id       VARCHAR NOT NULL,
    version_hash   VARCHAR NOT NULL,
    item_id        VARCHAR NOT NULL,
    title          VARCHAR NOT NULL,
    link           VARCHAR,
    canonical_url  VARCHAR,
    summary        VARCHAR,
    content        VARCHAR,
    authors        VARCHAR,
    published_at   TIMESTAMPTZ,
    updated_at     TIMESTAMPTZ,
    publisher      VARCHAR,
    publisher_url  VARCHAR,
    language       VARCHAR,
    is_truncated   BOOLEAN NOT NULL,
    related_titles VARCHAR,
    first_seen_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE raw.feed_fetches (
    feed_id       VARCHAR NOT NULL,
    retrieved_at  TIMESTAMPTZ NOT NULL,
    url           VARCHAR NOT NULL,
    status_code   INTEGER,
    outcome       VARCHAR NOT NULL,
    content_hash  VARCHAR,
    byte_count    BIGINT NOT NULL,
    error_code    VARCHAR,
    error_message VARCHAR
);

CREATE TABLE raw.feed_state (
    feed_id              VARCHAR NOT NULL,
    url                  VARCHAR NOT NULL,
    etag                 VARCHAR,
    last_modified        VARCHAR,
    content_hash         VARCHAR,
    last_polled_at       TIMESTAMPTZ,
    last_changed_at      TIMESTAMPTZ,
    last_status_code     INTEGER,
    consecutive_failures INTEGER NOT NULL,
    error_code           VARCHAR,
    error_message        VARCHAR
);

CREATE TABLE raw.page_state (
    item_id         VARCHAR NOT NULL,
    url             VARCHAR NOT NULL,
    attempts        INTEGER NOT NULL,
    last_attempt_at TIMESTAMPTZ NOT NULL,
    error_code      VARCHAR NOT NULL,
    error_message   VARCHAR NOT NULL
);

CREATE TABLE core.articles (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    item_id        VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    url            VARCHAR,
    canonical_url  VARCHAR,
    publisher      VARCHAR,
    title          VARCHAR NOT NULL,
    body           VARCHAR NOT NULL USING COMPRESSION zstd,
    language       VARCHAR,
    published_at   TIMESTAMPTZ,
    published_on   DATE,
    retrieved_at   TIMESTAMPTZ NOT NULL,
    first_seen_at  TIMESTAMPTZ NOT NULL,
    is_truncated   BOOLEAN NOT NULL,
    content_hash   VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

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

CREATE TABLE core.capex_mentions (
    article_id      VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    position        INTEGER NOT NULL,
    company         VARCHAR NOT NULL,
    company_mention VARCHAR,
    company_id      VARCHAR,
    period          VARCHAR NOT NULL,
    amount_low      DECIMAL(24, 2) NOT NULL,
    amount_high     DECIMAL(24, 2) NOT NULL,
    currency_code   VARCHAR NOT NULL,
    change          VARCHAR,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    surface         VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);

CREATE TABLE core.deal_evidence (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    deal_id         VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    first_as_of_at  TIMESTAMPTZ NOT NULL,
    last_as_of_at   TIMESTAMPTZ NOT NULL,
    recorded_at     TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.deal_mention_parties (
    deal_mention_id VARCHAR NOT NULL,
    position        INTEGER NOT NULL,
    role            VARCHAR NOT NULL,
    name            VARCHAR NOT NULL,
    company_id      VARCHAR,
    surface         VARCHAR NOT NULL,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    sentence        VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);

CREATE TABLE core.deal_mentions (
    deal_mention_id          VARCHAR NOT NULL,
    article_id               VARCHAR NOT NULL,
    reader_version           VARCHAR NOT NULL,
    type                     VARCHAR NOT NULL,
    status                   VARCHAR NOT NULL,
    focus                    VARCHAR NOT NULL,
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
    is_reduction             BOOLEAN NOT NULL,
    "trigger"                VARCHAR NOT NULL,
    sentence                 VARCHAR NOT NULL,
    sentence_start_char      INTEGER NOT NULL,
    sentence_end_char        INTEGER NOT NULL,
    confidence               DOUBLE NOT NULL,
    rules                    VARCHAR,
    recorded_at              TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.deal_parties (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    revision       INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    role           VARCHAR NOT NULL,
    name           VARCHAR NOT NULL,
    company_id     VARCHAR,
    surface        VARCHAR NOT NULL,
    confidence     DOUBLE NOT NULL
);

CREATE TABLE core.deal_revisions (
    deal_id                  VARCHAR NOT NULL,
    reader_version           VARCHAR NOT NULL,
    revision                 INTEGER NOT NULL,
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

CREATE TABLE core.deals (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    type           VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.issues (
    stage          VARCHAR NOT NULL,
    subject_id     VARCHAR NOT NULL,
    code           VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    message        VARCHAR NOT NULL,
    first_seen_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.mentions (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    surface        VARCHAR NOT NULL,
    name           VARCHAR,
    registry_id    VARCHAR,
    value          VARCHAR
);

CREATE TABLE core.reader_versions (
    reader_version VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.schema_migrations (
    version        INTEGER NOT NULL,
    name           VARCHAR NOT NULL,
    sha256         VARCHAR NOT NULL,
    duckdb_version VARCHAR NOT NULL
);

CREATE TABLE core.slot_evidence (
    deal_mention_id VARCHAR NOT NULL,
    slot            VARCHAR NOT NULL,
    value           VARCHAR NOT NULL,
    surface         VARCHAR NOT NULL,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    sentence        VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);

CREATE TABLE core.stories (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    story_id       VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
