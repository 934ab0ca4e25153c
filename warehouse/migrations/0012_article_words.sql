-- 0012: the words of articles are kept when they are read, so that a release need not split texts.
CREATE TABLE core.article_words (
    article_id     VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    title_words    VARCHAR NOT NULL,
    distinct_words VARCHAR NOT NULL USING COMPRESSION zstd,
    words_count    BIGINT NOT NULL
);
