-- core.registry_names: every spelling of every registered company, facility, accelerator and publisher, and the domains
-- of the publishers. A spelling may belong to several things.
-- grain: one spelling of one thing
-- key: thing, registry_id, folded_name
-- null: nothing
CREATE TABLE core.registry_names (
    thing       VARCHAR NOT NULL,
    registry_id VARCHAR NOT NULL,
    folded_name VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    position    INTEGER NOT NULL
);
