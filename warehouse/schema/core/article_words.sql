-- core.article_words: the distinct words of an article's headline and of all of it, for search(); made when it was read.
-- grain: one article, as read by one version of the reader
-- key: article_id, reader_version
-- null: nothing; articles read before this table was there have no row
CREATE TABLE core.article_words (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    title_words    VARCHAR NOT NULL,
    distinct_words VARCHAR NOT NULL USING COMPRESSION zstd,
    words_count    BIGINT NOT NULL
);
