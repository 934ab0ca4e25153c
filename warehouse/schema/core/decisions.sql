-- core.decisions: what people decided of deals and names, and what came of it each time that it changed: applied, not
-- applicable, lifted (taken back). A row is never changed; the last one of a decision counts.
-- grain: one change of one decision's outcome on the tape of one version of the reader
-- key: decision_id, reader_version, event
-- null: slot and value but of a fix (of an alias value is the company); message where there is nothing to say
CREATE TABLE core.decisions (
    decision_id    VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    event          INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    subject        VARCHAR NOT NULL,
    slot           VARCHAR,
    value          VARCHAR,
    decided_by     VARCHAR NOT NULL,
    decided_at     TIMESTAMPTZ NOT NULL,
    reason         VARCHAR NOT NULL,
    outcome        VARCHAR NOT NULL,
    message        VARCHAR,
    deal_ids       VARCHAR,
    state_before   VARCHAR,
    recorded_at    TIMESTAMPTZ NOT NULL
);
