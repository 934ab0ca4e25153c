-- core.reference_rates: exchange rates as central banks publish them, polled and shipped with the registry.
-- grain: one currency on one day from one source
-- key: currency_code, base_code, rate_on, rate_source
-- null: nothing
CREATE TABLE core.reference_rates (
    currency_code VARCHAR NOT NULL,
    base_code     VARCHAR NOT NULL,
    rate_on       DATE NOT NULL,
    rate          DECIMAL(18, 8) NOT NULL,
    rate_source   VARCHAR NOT NULL
);
