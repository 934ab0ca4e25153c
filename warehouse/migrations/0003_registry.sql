-- 0003: what the registry knows of companies, facilities, accelerators and publishers, for the marts to join.

CREATE TABLE core.companies (
    company_id   VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    country_code VARCHAR,
    parent_id    VARCHAR,
    tickers      VARCHAR,
    source       VARCHAR
);

CREATE TABLE core.facilities (
    facility_id  VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    company_id   VARCHAR,
    place        VARCHAR,
    country_code VARCHAR,
    source       VARCHAR
);

CREATE TABLE core.accelerators (
    accelerator_id VARCHAR NOT NULL,
    name           VARCHAR NOT NULL,
    company_id     VARCHAR NOT NULL,
    tdp_watts      INTEGER,
    memory_gb      INTEGER,
    source         VARCHAR
);

CREATE TABLE core.publishers (
    publisher_id VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    family       VARCHAR NOT NULL,
    tier         INTEGER NOT NULL,
    country_code VARCHAR,
    source       VARCHAR
);

CREATE TABLE core.registry_names (
    thing       VARCHAR NOT NULL,
    registry_id VARCHAR NOT NULL,
    folded_name VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    position    INTEGER NOT NULL
);

CREATE TABLE core.registry_state (
    registry_hash VARCHAR NOT NULL
);
