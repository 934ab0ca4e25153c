-- touched: what the rows that were added since the last release (slice.sums.added) reach: which articles, deals, stories,
-- parties, names and months may have other rows in the marts than in it (slice.touched), and which rows must be at hand to
-- say so (slice.needed, slice.core, slice.raw, named). Both what the tables say now and what the last release said
-- (published, staged) are followed, so that what moved is found at both ends.
-- parameters: none; the databases slice, named, staged and published are attached

-- articles of which facts or documents were added, and all others of their news items: another one may count now
CREATE TABLE slice.touched.changed_articles AS
WITH changed AS (
    SELECT key AS article_id FROM slice.sums.added WHERE kind IN ('article', 'mentions')
    UNION
    SELECT article_id FROM warehouse.core.articles
    WHERE document_id IN (SELECT key FROM slice.sums.added WHERE kind = 'document')
    UNION
    SELECT article_id FROM warehouse.core.deal_mentions
    WHERE deal_mention_id IN (SELECT key FROM slice.sums.added WHERE kind = 'claim')
),

items AS (
    SELECT item_id FROM warehouse.core.articles WHERE article_id IN (FROM changed)
)

SELECT article_id FROM changed
UNION
SELECT article_id FROM warehouse.core.articles WHERE item_id IN (FROM items);

-- deals of changed rows and of claims in those articles, and all that were ever merged with one of them
CREATE TABLE slice.touched.deals AS
WITH RECURSIVE claims AS (
    SELECT deal_mention_id FROM warehouse.core.deal_mentions WHERE article_id IN (FROM slice.touched.changed_articles)
),

found AS (
    SELECT key AS deal_id FROM slice.sums.added WHERE kind = 'deal'
    UNION
    SELECT deal_id FROM warehouse.core.deal_evidence WHERE deal_mention_id IN (FROM claims)
    UNION
    SELECT deal_id FROM warehouse.core.deal_revisions WHERE deal_mention_id IN (FROM claims)
    UNION
    SELECT deal_id FROM staged.core.current_evidence WHERE article_id IN (FROM slice.touched.changed_articles)
),

merges AS (
    SELECT deal_id, into_deal_id FROM warehouse.core.deal_endings WHERE into_deal_id IS NOT NULL
    UNION ALL
    SELECT into_deal_id, deal_id FROM warehouse.core.deal_endings WHERE into_deal_id IS NOT NULL
    UNION ALL
    SELECT deal_id, into_deal_id FROM warehouse.core.decided_deals WHERE into_deal_id IS NOT NULL
    UNION ALL
    SELECT into_deal_id, deal_id FROM warehouse.core.decided_deals WHERE into_deal_id IS NOT NULL
),

reached AS (
    SELECT deal_id FROM found WHERE deal_id IS NOT NULL
    UNION
    SELECT merges.into_deal_id FROM reached JOIN merges USING (deal_id)
)

SELECT deal_id FROM reached;

-- an article also says how many deals it tells of
CREATE TABLE slice.touched.articles AS
WITH claims AS (
    SELECT deal_mention_id FROM warehouse.core.deal_evidence WHERE deal_id IN (FROM slice.touched.deals)
    UNION
    SELECT deal_mention_id FROM warehouse.core.deal_revisions WHERE deal_id IN (FROM slice.touched.deals)
)

FROM slice.touched.changed_articles
UNION
SELECT article_id FROM warehouse.core.deal_mentions WHERE deal_mention_id IN (FROM claims)
UNION
SELECT article_id FROM staged.core.current_evidence WHERE deal_id IN (FROM slice.touched.deals);

CREATE TABLE slice.touched.stories AS
SELECT story_id FROM warehouse.core.stories WHERE article_id IN (FROM slice.touched.articles)
UNION
SELECT story_id FROM published.mart.articles
WHERE story_id IS NOT NULL AND article_id IN (FROM slice.touched.articles);

CREATE TABLE slice.touched.texts AS
FROM slice.touched.articles UNION FROM slice.touched.deals;

CREATE TABLE slice.touched.parties AS
SELECT name FROM warehouse.core.deal_parties WHERE deal_id IN (FROM slice.touched.deals)
UNION
SELECT name FROM warehouse.core.decided_parties WHERE deal_id IN (FROM slice.touched.deals)
UNION
SELECT name FROM staged.core.current_parties WHERE deal_id IN (FROM slice.touched.deals);

CREATE TABLE slice.touched.months AS
SELECT CAST(date_trunc('month', published_on) AS DATE) AS published_month FROM warehouse.core.articles
WHERE published_on IS NOT NULL AND article_id IN (FROM slice.touched.changed_articles)
UNION
SELECT CAST(date_trunc('month', published_on) AS DATE) FROM staged.core.current_articles
WHERE published_on IS NOT NULL AND article_id IN (FROM slice.touched.changed_articles);

-- all articles of the news items of touched articles and stories, and the texts that these copy
CREATE TABLE slice.needed.articles AS
WITH told AS (
    FROM slice.touched.articles
    UNION
    SELECT article_id FROM warehouse.core.stories WHERE story_id IN (FROM slice.touched.stories)
    UNION
    SELECT article_id FROM published.mart.articles WHERE story_id IN (FROM slice.touched.stories)
),

items AS (
    SELECT item_id FROM warehouse.core.articles WHERE article_id IN (FROM told)
)

SELECT article_id FROM warehouse.core.articles WHERE item_id IN (FROM items)
UNION
FROM slice.touched.changed_articles; -- there may be none of that id: a check says so

CREATE TABLE slice.needed.claims AS
SELECT deal_mention_id FROM warehouse.core.deal_mentions WHERE article_id IN (FROM slice.needed.articles);

-- Bodies of what changed follow; the others were looked at when they changed, and to read them all would take longer than
-- all else together.
CREATE TABLE slice.core.articles AS
SELECT * REPLACE (CAST(NULL AS VARCHAR) AS body)
FROM warehouse.core.articles
WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.stories AS FROM warehouse.core.stories WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.copies AS FROM warehouse.core.copies WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.filed_articles AS
FROM warehouse.core.filed_articles WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.article_words AS
FROM warehouse.core.article_words WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.mentions AS FROM warehouse.core.mentions WHERE article_id IN (FROM slice.needed.articles);
CREATE TABLE slice.core.deal_mentions AS
FROM warehouse.core.deal_mentions WHERE deal_mention_id IN (FROM slice.needed.claims);
CREATE TABLE slice.core.deal_mention_parties AS
FROM warehouse.core.deal_mention_parties WHERE deal_mention_id IN (FROM slice.needed.claims);
CREATE TABLE slice.core.slot_evidence AS
FROM warehouse.core.slot_evidence WHERE deal_mention_id IN (FROM slice.needed.claims);
CREATE TABLE slice.core.deal_evidence AS
FROM warehouse.core.deal_evidence WHERE deal_mention_id IN (FROM slice.needed.claims);
CREATE TABLE slice.core.issues AS FROM warehouse.core.issues WHERE subject_id IN (FROM slice.needed.claims);
CREATE TABLE slice.core.deals AS FROM warehouse.core.deals WHERE deal_id IN (FROM slice.touched.deals);
CREATE TABLE slice.core.deal_revisions AS FROM warehouse.core.deal_revisions WHERE deal_id IN (FROM slice.touched.deals);
CREATE TABLE slice.core.deal_parties AS FROM warehouse.core.deal_parties WHERE deal_id IN (FROM slice.touched.deals);

-- for checks of keys alone
CREATE TABLE slice.core.claim_keys AS
FROM warehouse.core.claim_keys
WHERE deal_mention_id IN (SELECT key FROM slice.sums.added WHERE name = 'core.claim_keys');
CREATE TABLE slice.raw.documents AS
FROM warehouse.raw.documents
WHERE document_id IN (SELECT key FROM slice.sums.added WHERE kind = 'document');
CREATE TABLE slice.raw.entries AS
FROM warehouse.raw.entries
WHERE entry_id IN (SELECT key FROM slice.sums.added WHERE kind = 'entry');

CREATE TABLE slice.touched.names AS
FROM slice.touched.parties
UNION
SELECT name FROM slice.core.mentions
WHERE kind = 'organisation' AND article_id IN (FROM slice.touched.changed_articles);

-- the parties that marts of companies count: of all deals of a touched party, as they are once mart.deal_parties is of now
CREATE VIEW named.mart.deal_parties AS
FROM published.mart.deal_parties
WHERE deal_id IN (SELECT deal_id FROM published.mart.deal_parties WHERE name IN (FROM slice.touched.parties));

-- the mentions that marts of names and months count: of a touched name or month all, in whichever article
CREATE TABLE named.core.mentions AS
FROM warehouse.core.mentions WHERE kind = 'organisation' AND name IN (FROM slice.touched.names)
UNION ALL
FROM warehouse.core.mentions
WHERE kind = 'company' AND article_id IN (
    SELECT article_id FROM warehouse.core.articles
    WHERE CAST(date_trunc('month', published_on) AS DATE) IN (FROM slice.touched.months)
);
