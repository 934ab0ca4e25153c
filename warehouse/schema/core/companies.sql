-- core.companies: who can be party to a deal, as the registry of the reader knows them; joint ventures and funds too.
-- grain: one company or vehicle
-- key: company_id
-- null: country_code, parent_id where not known
CREATE TABLE core.companies (
    company_id   VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    country_code VARCHAR,
    parent_id    VARCHAR,
    tickers      VARCHAR,
    source       VARCHAR
);
