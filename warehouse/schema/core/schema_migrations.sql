-- core.schema_migrations: the migrations that made this file's tables.
-- grain: one migration that was applied
-- key: version
-- null: nothing
CREATE TABLE core.schema_migrations (
    version        INTEGER NOT NULL,
    name           VARCHAR NOT NULL,
    sha256         VARCHAR NOT NULL,
    duckdb_version VARCHAR NOT NULL
);
