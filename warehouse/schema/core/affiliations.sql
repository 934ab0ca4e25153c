-- core.affiliations: whose brand, unit or ticker a name is, as articles explain it.
-- grain: one name that one article explains
-- key: article_id, reader_version, child, parent
-- null: nothing
CREATE TABLE core.affiliations (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    child          VARCHAR NOT NULL,
    parent         VARCHAR NOT NULL
);
