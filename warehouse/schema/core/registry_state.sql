-- core.registry_state: which registry the tables of companies, facilities, accelerators and publishers were filled from.
-- grain: one row, none before the registry was loaded
-- key: registry_hash
-- null: nothing
CREATE TABLE core.registry_state (
    registry_hash VARCHAR NOT NULL
);
