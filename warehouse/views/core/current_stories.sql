-- core.current_stories: the story that each article stands in now.
-- grain: one article, as placed by one version of the reader
-- key: article_id, reader_version
-- units: none
-- reader: the marts
SELECT article_id, reader_version, story_id
FROM core.stories
QUALIFY row_number() OVER (PARTITION BY article_id, reader_version ORDER BY placement DESC) = 1
