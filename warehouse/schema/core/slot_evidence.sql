-- core.slot_evidence: the words that each filled slot of a claim was read from.
-- grain: one filled slot of one claim; slots are value, valuation, power, accelerators, term_months, stake_pct, start,
--        end, trigger and location:N
-- key: deal_mention_id, slot
-- null: nothing
CREATE TABLE core.slot_evidence (
    deal_mention_id VARCHAR NOT NULL,
    slot            VARCHAR NOT NULL,
    value           VARCHAR NOT NULL,
    surface         VARCHAR NOT NULL,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    sentence        VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);
