-- core.name_contexts: the words around the first place of each name that the registry does not know, and whose words they
-- are. Apart from the counts, for these change with every article and the text of the first one has to be read.
-- grain: one name
-- key: name
-- units: characters counted from 0
-- reader: mart.unknown_names
SELECT
    first_named.name,
    first_named.article_id,
    first_named.reader_version,
    first_named.start_char,
    -- characters are counted from 0 in spans, from 1 in SQL
    replace(
        substr(
            concat_ws(chr(10) || chr(10), nullif(articles.title, ''), nullif(articles.body, '')),
            greatest(first_named.start_char - 79, 1),
            200
        ),
        chr(10),
        ' '
    ) AS context,
    articles.publisher,
    articles.url,
    articles.published_on
FROM core.first_named
JOIN core.articles USING (article_id, reader_version)
