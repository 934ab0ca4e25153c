-- assert_mentions_are_spans: a mention has words, and a start before its end.
SELECT article_id, kind, start_char, end_char, surface
FROM core.mentions
WHERE surface = '' OR start_char < 0 OR end_char <= start_char
ORDER BY article_id, start_char, kind
