-- core.accelerators: chips and modules that AI work runs on, as the registry knows them.
-- grain: one accelerator
-- key: accelerator_id
-- null: tdp_watts, memory_gb where the vendor does not rate it
CREATE TABLE core.accelerators (
    accelerator_id VARCHAR NOT NULL,
    name           VARCHAR NOT NULL,
    company_id     VARCHAR NOT NULL,
    tdp_watts      INTEGER,
    memory_gb      INTEGER,
    source         VARCHAR
);
