-- core.facilities: campuses, plants and clusters with a name of their own, as the registry knows them.
-- grain: one facility
-- key: facility_id
-- null: company_id where no registered company runs it, place, country_code and coordinates where not known
CREATE TABLE core.facilities (
    facility_id  VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    company_id   VARCHAR,
    place        VARCHAR,
    country_code VARCHAR,
    source       VARCHAR,
    latitude     DOUBLE,
    longitude    DOUBLE
);
