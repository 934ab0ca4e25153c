-- core.story_joins: stories that turned out to be a part of another one: the id that stays, so that an old one still leads
-- to its articles. Of several stories that its articles went to, the one with most of them.
-- grain: one story that no article stands in any more
-- key: story_id, reader_version
-- units: none
-- reader: whoever kept the id of a story
WITH moved AS (
    SELECT DISTINCT stories.story_id, stories.reader_version, stories.article_id, current_stories.story_id AS into_story_id
    FROM core.stories
    JOIN core.current_stories USING (article_id, reader_version)
),

heirs AS (
    SELECT story_id, reader_version, into_story_id, count(*) AS articles_count
    FROM moved
    GROUP BY ALL
)

SELECT story_id, reader_version, into_story_id
FROM heirs
ANTI JOIN core.current_stories USING (story_id, reader_version)
QUALIFY row_number() OVER (PARTITION BY story_id, reader_version ORDER BY articles_count DESC, into_story_id) = 1
