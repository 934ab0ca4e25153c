-- core.deal_mention_parties: the companies of a claim, each with its role and the words that name it.
-- grain: one party of one claim
-- key: deal_mention_id, position
-- null: company_id for a company that is in no registry
CREATE TABLE core.deal_mention_parties (
    deal_mention_id VARCHAR NOT NULL,
    position        INTEGER NOT NULL,
    role            VARCHAR NOT NULL,
    name            VARCHAR NOT NULL,
    company_id      VARCHAR,
    surface         VARCHAR NOT NULL,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    sentence        VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);
