-- core.filed_articles: what resolving must know of an article later without its text. An article without a row here has not
-- been resolved yet.
-- grain: one article that resolving has seen
-- key: article_id, reader_version
-- null: names where the article does not count, since its news item has a better one
CREATE TABLE core.filed_articles (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    as_of_at       TIMESTAMPTZ NOT NULL,
    names          VARCHAR,
    is_own_word    BOOLEAN NOT NULL,
    recorded_at    TIMESTAMPTZ NOT NULL
);
