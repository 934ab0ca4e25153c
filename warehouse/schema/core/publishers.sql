-- core.publishers: who publishes news, as the registry knows them; publishers of one family do not corroborate each other.
-- grain: one publisher
-- key: publisher_id
-- null: country_code where not known
CREATE TABLE core.publishers (
    publisher_id VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    family       VARCHAR NOT NULL,
    tier         INTEGER NOT NULL,
    country_code VARCHAR,
    source       VARCHAR
);
