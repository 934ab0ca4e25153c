-- core.deal_evidence: which deal each claim speaks of, and what it did to it. A claim that turns out to speak of another
-- deal, or of none, gets a further row: the last one counts.
-- grain: one decision about one claim
-- key: deal_mention_id, reader_version, decision
-- null: deal_id where the claim no longer speaks of any deal
CREATE TABLE core.deal_evidence (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    decision        INTEGER NOT NULL,
    deal_id         VARCHAR,
    kind            VARCHAR NOT NULL,
    first_as_of_at  TIMESTAMPTZ NOT NULL,
    last_as_of_at   TIMESTAMPTZ NOT NULL,
    recorded_at     TIMESTAMPTZ NOT NULL
);
