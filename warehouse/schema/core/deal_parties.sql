-- core.deal_parties: the companies of a deal after each of its revisions.
-- grain: one party of one revision of one deal
-- key: deal_id, reader_version, revision, position
-- null: company_id for a company that is in no registry
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
