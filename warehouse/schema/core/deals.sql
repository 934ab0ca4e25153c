-- core.deals: the things in the world that claims speak of.
-- grain: one deal, as resolved by one version of the reader
-- key: deal_id, reader_version
-- null: nothing
CREATE TABLE core.deals (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    type           VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
