-- moved_names: of the touched names those that stand first elsewhere than in the last release, stand nowhere any more, or
-- stand in an article that changed (slice.touched.moved_names); their articles join slice.core.articles, without bodies.
-- parameters: none; core.first_named is that of now, core.name_contexts that of the last release

CREATE TABLE slice.touched.moved_names AS
WITH now AS (
    SELECT name, article_id, reader_version, start_char
    FROM staged.core.first_named
    WHERE name IN (FROM slice.touched.names)
),

before AS (
    SELECT name, article_id, reader_version, start_char
    FROM staged.core.name_contexts
    WHERE name IN (FROM slice.touched.names)
)

SELECT name FROM (FROM now EXCEPT FROM before)
UNION
SELECT name FROM now WHERE article_id IN (FROM slice.touched.changed_articles)
UNION
SELECT name FROM before ANTI JOIN now USING (name);

CREATE TABLE slice.needed.places AS
SELECT article_id FROM staged.core.first_named WHERE name IN (FROM slice.touched.moved_names);

INSERT INTO slice.core.articles
SELECT * REPLACE (CAST(NULL AS VARCHAR) AS body)
FROM warehouse.core.articles
WHERE article_id IN (FROM slice.needed.places) AND article_id NOT IN (SELECT article_id FROM slice.core.articles);
