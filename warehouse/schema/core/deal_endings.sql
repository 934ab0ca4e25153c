-- core.deal_endings: why a deal left the tape, or came back to it: judged by the reader or decided by a person.
-- A row is never changed: the last one of a deal counts, "restored" ends what was before it.
-- grain: one change of one deal's standing on the tape
-- key: deal_id, reader_version, ending
-- null: into_deal_id where the deal was not merged into another one
CREATE TABLE core.deal_endings (
    deal_id        VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    ending         INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    into_deal_id   VARCHAR,
    reason         VARCHAR NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
