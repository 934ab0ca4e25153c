-- core.claim_keys: what each claim is filed under, so that claims which could be of one deal are found by a join: a pair of
-- companies, a company where one side only is named, a funding round.
-- grain: one key of one claim
-- key: deal_mention_id, reader_version, claim_key
-- null: nothing
CREATE TABLE core.claim_keys (
    deal_mention_id VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    claim_key       VARCHAR NOT NULL,
    article_id      VARCHAR NOT NULL,
    as_of_at        TIMESTAMPTZ NOT NULL
);
