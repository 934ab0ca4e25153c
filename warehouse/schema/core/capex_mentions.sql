-- core.capex_mentions: spending guidance that an article tells.
-- grain: one company and period in one article
-- key: article_id, reader_version, position
-- null: company_mention, company_id where not known, change where no comparison is told
CREATE TABLE core.capex_mentions (
    article_id      VARCHAR NOT NULL,
    reader_version  VARCHAR NOT NULL,
    position        INTEGER NOT NULL,
    company         VARCHAR NOT NULL,
    company_mention VARCHAR,
    company_id      VARCHAR,
    period          VARCHAR NOT NULL,
    amount_low      DECIMAL(24, 2) NOT NULL,
    amount_high     DECIMAL(24, 2) NOT NULL,
    currency_code   VARCHAR NOT NULL,
    change          VARCHAR,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    surface         VARCHAR NOT NULL,
    confidence      DOUBLE NOT NULL
);
