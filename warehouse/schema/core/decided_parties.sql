-- core.decided_parties: the companies of a deal whose state was decided by people.
-- grain: one party of one decided state
-- key: deal_id, reader_version, decided, position
-- null: company_id for a company that is in no registry
CREATE TABLE core.decided_parties (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    decided        INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    role           VARCHAR NOT NULL,
    name           VARCHAR NOT NULL,
    company_id     VARCHAR
);
