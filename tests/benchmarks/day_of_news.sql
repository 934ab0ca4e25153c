-- 400 new articles of the made-up tape: those of its last days told once more, under ids of their own, with mentions, stories
-- and the claims that repeat what deals are known for. getvariable('mark') makes the ids new.
CREATE TEMP TABLE told AS
SELECT article_id FROM core.articles WHERE published_on IS NOT NULL ORDER BY published_on DESC, article_id LIMIT 400;

CREATE TEMP TABLE told_claims AS
SELECT deal_mention_id FROM core.deal_mentions WHERE article_id IN (FROM told);

INSERT INTO raw.documents BY NAME
SELECT * REPLACE (document_id || getvariable('mark') AS document_id, item_id || getvariable('mark') AS item_id)
FROM raw.documents
WHERE document_id IN (SELECT document_id FROM core.articles WHERE article_id IN (FROM told));

INSERT INTO core.articles BY NAME
SELECT * REPLACE (
    article_id || getvariable('mark') AS article_id,
    document_id || getvariable('mark') AS document_id,
    item_id || getvariable('mark') AS item_id
)
FROM core.articles
WHERE article_id IN (FROM told);

INSERT INTO core.mentions BY NAME
SELECT * REPLACE (article_id || getvariable('mark') AS article_id) FROM core.mentions WHERE article_id IN (FROM told);

INSERT INTO core.stories BY NAME
SELECT * REPLACE (article_id || getvariable('mark') AS article_id) FROM core.stories WHERE article_id IN (FROM told);

INSERT INTO core.article_words BY NAME
SELECT * REPLACE (article_id || getvariable('mark') AS article_id) FROM core.article_words WHERE article_id IN (FROM told);

INSERT INTO core.deal_mentions BY NAME
SELECT * REPLACE (
    deal_mention_id || getvariable('mark') AS deal_mention_id,
    article_id || getvariable('mark') AS article_id
)
FROM core.deal_mentions
WHERE article_id IN (FROM told);

INSERT INTO core.slot_evidence BY NAME
SELECT * REPLACE (deal_mention_id || getvariable('mark') AS deal_mention_id)
FROM core.slot_evidence
WHERE deal_mention_id IN (FROM told_claims);

INSERT INTO core.deal_mention_parties BY NAME
SELECT * REPLACE (deal_mention_id || getvariable('mark') AS deal_mention_id)
FROM core.deal_mention_parties
WHERE deal_mention_id IN (FROM told_claims);

INSERT INTO core.deal_evidence BY NAME
SELECT * REPLACE (deal_mention_id || getvariable('mark') AS deal_mention_id, 'repeated' AS kind)
FROM core.deal_evidence
WHERE deal_mention_id IN (FROM told_claims);

DROP TABLE told;
DROP TABLE told_claims;
