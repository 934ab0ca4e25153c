-- 0006: exchange rates, so that amounts can be told in US dollars.
CREATE TABLE core.reference_rates (
    currency_code VARCHAR NOT NULL,
    base_code     VARCHAR NOT NULL,
    rate_on       DATE NOT NULL,
    rate          DECIMAL(18, 8) NOT NULL,
    rate_source   VARCHAR NOT NULL
);
