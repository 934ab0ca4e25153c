-- core.deal_evidence: which deal each claim speaks of, and what it did to it.
-- grain: one claim that was resolved
-- key: deal_mention_id, reader_version
-- null: nothing
CREATE TABLE core.deal_evidence (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    deal_id         VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    first_as_of_at  TIMESTAMPTZ NOT NULL,
    last_as_of_at   TIMESTAMPTZ NOT NULL,
    recorded_at     TIMESTAMPTZ NOT NULL
);
