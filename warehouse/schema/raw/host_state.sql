-- raw.host_state: hosts that asked to be left alone (Retry-After, a block of the SEC); updated by polls.
-- grain: one host
-- key: host
-- null: nothing
CREATE TABLE raw.host_state (
    host       VARCHAR NOT NULL,
    held_until TIMESTAMPTZ NOT NULL,
    reason     VARCHAR NOT NULL
);
