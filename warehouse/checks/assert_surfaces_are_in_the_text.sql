-- assert_surfaces_are_in_the_text: the words behind a figure or a party stand in the article where the span says.
WITH texts AS (
    SELECT
        article_id,
        reader_version,
        CASE WHEN title = '' OR body = '' THEN title || body ELSE title || chr(10) || chr(10) || body END AS text
    FROM core.articles
),

quotations AS (
    SELECT deal_mention_id, slot, surface, start_char, end_char
    FROM core.slot_evidence
    UNION ALL
    SELECT deal_mention_id, 'party:' || position, surface, start_char, end_char
    FROM core.deal_mention_parties
)

SELECT
    quotations.deal_mention_id,
    quotations.slot,
    quotations.surface,
    substring(texts.text, quotations.start_char + 1, quotations.end_char - quotations.start_char) AS found
FROM quotations
JOIN core.deal_mentions USING (deal_mention_id)
JOIN texts USING (article_id, reader_version)
WHERE quotations.surface = ''
   OR quotations.surface
      <> substring(texts.text, quotations.start_char + 1, quotations.end_char - quotations.start_char)
ORDER BY quotations.deal_mention_id, quotations.slot
