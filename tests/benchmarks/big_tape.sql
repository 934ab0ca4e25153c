-- big_tape: what a run would have loaded, made of arithmetic and hashes. The news falls on five years, evenly; names are
-- drawn by a power law, so that few companies are in most deals.
-- parameters: variables articles_count, deals_count, paragraphs_count, reader_version

CREATE TEMP MACRO share(n, salt) AS (hash(n, salt) % 1000000) / 1000000.0;
CREATE TEMP MACRO pick(words, n, salt) AS words[1 + (hash(n, salt) % len(words))::INTEGER];
CREATE TEMP MACRO drawn(n, salt, among) AS CAST(floor(among * power(share(n, salt), 3)) AS BIGINT);
-- of articles and claims: as long as those of a run
CREATE TEMP MACRO id_of(kind, n) AS left(sha256(kind || '-' || n), 32);
CREATE TEMP MACRO company_id(c) AS 'company-' || c;
CREATE TEMP MACRO company_name(c) AS
    pick(['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper'], c, 'tree') || c || ' ' ||
    pick(['Compute', 'Cloud', 'Power', 'Capital', 'Labs', 'Systems'], c, 'trade');
-- what extractors.deals.resolve.keys makes of a company: its id and the first word of its name
CREATE TEMP MACRO company_keys(c) AS [company_id(c), '=' || lower(split_part(company_name(c), ' ', 1))];
CREATE TEMP MACRO moment(n) AS TIMESTAMPTZ '2021-11-01 00:00:00+00' + to_seconds(
    CAST(157766400.0 * n / getvariable('articles_count') AS BIGINT)
);

CREATE TEMP TABLE paragraphs AS
SELECT
    p,
    -- of letters alone: text in which every second word is a number would be no news
    string_agg(
        translate(substr(sha256(drawn(p * 1000 + w, 'word', 9000)::VARCHAR), 1, 3 + w % 6), '0123456789', 'ghijklmnop'),
        ' ' ORDER BY w
    ) AS words
FROM range(getvariable('paragraphs_count')) AS paragraphs(p), range(150) AS words(w)
GROUP BY p;

-- The claims: claim 0 makes a deal, claim 1 of every second one comes half a year later and changes it or repeats it.
CREATE TEMP TABLE claims AS
WITH numbered AS (
    SELECT d, 0 AS turn, d * 5 AS n FROM range(getvariable('deals_count')) AS deals(d)
    UNION ALL
    SELECT d, 1, (d + getvariable('deals_count') // 10) * 5 + 1
    FROM range(getvariable('deals_count') * 9 // 10) AS deals(d)
    WHERE d % 2 = 0
),

drawn_claims AS (
    SELECT
        d,
        turn,
        n,
        id_of('claim', d || '-' || turn) AS deal_mention_id,
        'deal-' || d AS deal_id,
        CASE WHEN turn = 0 THEN 'new' WHEN d % 4 = 0 THEN 'revised' ELSE 'repeated' END AS evidence,
        pick(['compute', 'compute', 'chips', 'lease', 'lease', 'power', 'build', 'equity', 'debt', 'acquisition'], d, 'type') AS type,
        CASE
            WHEN turn = 0 THEN pick(['announced', 'announced', 'announced', 'announced', 'closed', 'rumored'], d, 'status')
            ELSE pick(['announced', 'closed', 'amended', 'amended', 'cancelled'], d, 'status-1')
        END AS status,
        drawn(d, 'supplier', 2500) AS supplier,
        2500 + drawn(d, 'customer', 2500) AS customer,
        CASE WHEN share(d, 'value') < 0.7 THEN (1 + hash(d, 'amount', turn) % 990) * 10 END AS millions,
        pick(['USD', 'USD', 'USD', 'USD', 'EUR', 'GBP'], d, 'currency') AS currency_code,
        CASE WHEN share(d, 'power') < 0.6 THEN 5 + hash(d, 'mw', turn) % 995 END AS power_mw,
        CASE WHEN share(d, 'gpu') < 0.4 THEN 100 * (1 + hash(d, 'gpus', turn) % 999) END AS accelerator_count,
        CASE WHEN share(d, 'term') < 0.5 THEN 1 + hash(d, 'years') % 15 END AS years,
        2022 + hash(d, 'start') % 8 AS start_year
    FROM numbered
),

worded AS (
    SELECT
        *,
        company_name(customer) AS customer_name,
        company_name(supplier) AS supplier_name,
        currency_code || ' ' || millions || ' million' AS value_surface,
        power_mw || ' MW' AS power_surface,
        accelerator_count || ' H100' AS accelerator_surface,
        years || ' years' AS term_surface
    FROM drawn_claims
)

SELECT
    *,
    customer_name || ' agreed to a deal with ' || supplier_name
        || coalesce(' worth ' || value_surface, '')
        || coalesce(' for ' || power_surface, '')
        || coalesce(' with ' || accelerator_surface || ' accelerators', '')
        || coalesce(' over ' || term_surface, '') || '.' AS sentence,
    customer_name || ' deal ' || d || ' told ' || turn AS title
FROM worded;

INSERT INTO core.articles BY NAME
SELECT
    id_of('article', n) AS article_id,
    getvariable('reader_version') AS reader_version,
    sha256('document-' || n) AS document_id,
    'item-' || n AS item_id,
    CASE WHEN n % 3 = 0 THEN 'entry' ELSE 'page' END AS kind,
    'https://example.org/news/' || n AS url,
    'https://example.org/news/' || n AS canonical_url,
    'Publisher ' || drawn(n, 'publisher', 400) AS publisher,
    coalesce(claims.title, 'News of ' || company_name(drawn(n, 'head', 5000)) || ' number ' || n) AS title,
    coalesce(claims.sentence || ' ', '') || one.words || chr(10) || chr(10) || two.words AS body,
    'en' AS language,
    moment(n) AS published_at,
    CAST(moment(n) AT TIME ZONE 'UTC' AS DATE) AS published_on,
    moment(n) + INTERVAL 1 HOUR AS retrieved_at,
    moment(n) + INTERVAL 1 HOUR AS first_seen_at,
    false AS is_truncated,
    sha256('content-' || n) AS content_hash,
    moment(n) + INTERVAL 2 HOUR AS recorded_at,
    true AS has_body
FROM range(getvariable('articles_count')) AS articles(n)
LEFT JOIN claims USING (n)
JOIN paragraphs AS one ON one.p = hash(n, 'one') % getvariable('paragraphs_count')
JOIN paragraphs AS two ON two.p = hash(n, 'two') % getvariable('paragraphs_count');

INSERT INTO raw.documents BY NAME
SELECT
    sha256('document-' || n) AS document_id,
    'item-' || n AS item_id,
    CASE WHEN n % 3 = 0 THEN 'entry' ELSE 'page' END AS kind,
    'https://example.org/news/' || n AS url,
    'text/html' AS content_type,
    2000 AS byte_count,
    moment(n) + INTERVAL 1 HOUR AS retrieved_at,
    'feed-' || n % 200 AS feed_id,
    'guid-' || n AS entry_id,
    'Title ' || n AS title,
    'Publisher ' || drawn(n, 'publisher', 400) AS publisher,
    moment(n) AS published_at
FROM range(getvariable('articles_count')) AS articles(n);

INSERT INTO raw.entries BY NAME
SELECT
    'feed-' || n % 200 AS feed_id,
    'guid-' || n AS entry_id,
    sha256('version-' || n) AS version_hash,
    'item-' || n AS item_id,
    'Title ' || n AS title,
    'https://example.org/news/' || n AS link,
    'https://example.org/news/' || n AS canonical_url,
    moment(n) AS published_at,
    'Publisher ' || drawn(n, 'publisher', 400) AS publisher,
    false AS is_truncated,
    moment(n) + INTERVAL 1 HOUR AS first_seen_at,
    'told' AS date_quality
FROM range(getvariable('articles_count')) AS articles(n);

INSERT INTO raw.feed_state BY NAME
SELECT
    'feed-' || f AS feed_id,
    'https://example.org/feeds/' || f || '.rss' AS url,
    moment(getvariable('articles_count')) AS last_polled_at,
    0 AS consecutive_failures,
    'well' AS health,
    0 AS failure_units,
    60 AS interval_minutes,
    getvariable('articles_count') / 200.0 / 1826 AS usual_per_day,
    1826 AS observed_days,
    0 AS empty_polls,
    0 AS proposed_polls
FROM range(200) AS feeds(f);

-- Ten an article: six companies, an organisation that the registry does not know, and three quantities.
INSERT INTO core.mentions BY NAME
WITH drawn_mentions AS (
    SELECT n, k, n * 10 + k AS m, drawn(n * 10 + k, 'company', 5000) AS c
    FROM range(getvariable('articles_count')) AS articles(n), range(10) AS spans(k)
)

SELECT
    id_of('article', n) AS article_id,
    getvariable('reader_version') AS reader_version,
    CAST(k * 60 AS INTEGER) AS start_char,
    CAST(k * 60 + 12 AS INTEGER) AS end_char,
    CASE WHEN k < 6 THEN 'company' WHEN k = 6 THEN 'organisation' WHEN k = 7 THEN 'money' WHEN k = 8 THEN 'power' ELSE 'date' END AS kind,
    CASE WHEN k < 6 THEN company_name(c) WHEN k = 6 THEN 'Unknown Works ' || c ELSE 'quantity ' || m % 1000 END AS surface,
    CASE WHEN k < 6 THEN company_name(c) WHEN k = 6 THEN 'Unknown Works ' || c END AS name,
    CASE WHEN k < 6 THEN company_id(c) END AS registry_id,
    CASE WHEN k > 6 THEN (m % 1000)::VARCHAR END AS value
FROM drawn_mentions;

INSERT INTO core.deal_mentions BY NAME
SELECT
    deal_mention_id,
    id_of('article', n) AS article_id,
    getvariable('reader_version') AS reader_version,
    type,
    status,
    'primary' AS focus,
    millions * 1000000 AS value_amount,
    CASE WHEN millions IS NOT NULL THEN currency_code END AS value_currency_code,
    CASE WHEN millions IS NOT NULL THEN 'exact' END AS value_bound,
    CASE WHEN millions IS NOT NULL THEN 'total' END AS value_basis,
    CASE WHEN millions IS NOT NULL THEN false END AS value_is_increment,
    power_mw,
    CASE WHEN power_mw IS NOT NULL THEN 'exact' END AS power_bound,
    CASE WHEN power_mw IS NOT NULL THEN 'unstated' END AS power_basis,
    CASE WHEN power_mw IS NOT NULL THEN false END AS power_is_increment,
    accelerator_count,
    CASE WHEN accelerator_count IS NOT NULL THEN 'exact' END AS accelerator_bound,
    CASE WHEN accelerator_count IS NOT NULL THEN 'H100' END AS accelerator_model,
    CASE WHEN accelerator_count IS NOT NULL THEN false END AS accelerator_is_increment,
    years * 12 AS term_months,
    CASE WHEN years IS NOT NULL THEN 'exact' END AS term_bound,
    false AS is_reduction,
    'agreed to' AS "trigger",
    sentence,
    length(title) + 2 AS sentence_start_char,
    length(title) + 2 + length(sentence) AS sentence_end_char,
    0.5 + share(d, 'sure') / 2 AS confidence,
    moment(n) + INTERVAL 2 HOUR AS recorded_at
FROM claims;

INSERT INTO core.deal_mention_parties BY NAME
WITH named AS (
    SELECT *, 0 AS position, 'supplier' AS role, supplier_name AS name, company_id(supplier) AS company_id FROM claims
    UNION ALL
    SELECT *, 1, 'customer', customer_name, company_id(customer) FROM claims
)

SELECT
    deal_mention_id,
    position,
    role,
    name,
    company_id,
    name AS surface,
    CAST(length(title) + 1 + instr(sentence, name) AS INTEGER) AS start_char,
    CAST(length(title) + 1 + instr(sentence, name) + length(name) AS INTEGER) AS end_char,
    sentence,
    0.9 AS confidence
FROM named;

INSERT INTO core.slot_evidence BY NAME
WITH read_slots AS (
    SELECT deal_mention_id, title, sentence, 'value' AS slot, value_surface AS surface FROM claims
    UNION ALL SELECT deal_mention_id, title, sentence, 'power', power_surface FROM claims
    UNION ALL SELECT deal_mention_id, title, sentence, 'accelerators', accelerator_surface FROM claims
    UNION ALL SELECT deal_mention_id, title, sentence, 'term_months', term_surface FROM claims
    UNION ALL SELECT deal_mention_id, title, sentence, 'trigger', 'agreed to' FROM claims
)

SELECT
    deal_mention_id,
    slot,
    surface AS value,
    surface,
    CAST(length(title) + 1 + instr(sentence, surface) AS INTEGER) AS start_char,
    CAST(length(title) + 1 + instr(sentence, surface) + length(surface) AS INTEGER) AS end_char,
    sentence,
    0.9 AS confidence
FROM read_slots
WHERE surface IS NOT NULL;

INSERT INTO core.deals BY NAME
SELECT deal_id, getvariable('reader_version') AS reader_version, type, moment(n) + INTERVAL 2 HOUR AS recorded_at
FROM claims
WHERE turn = 0;

INSERT INTO core.deal_revisions BY NAME
SELECT
    claims.deal_id,
    getvariable('reader_version') AS reader_version,
    claims.turn + 1 AS revision,
    1 AS edition,
    moment(claims.n) AS as_of_at,
    deal_mentions.* EXCLUDE (
        deal_mention_id, article_id, reader_version, status, focus, is_reduction, "trigger", sentence, sentence_start_char,
        sentence_end_char, confidence, rules, recorded_at
    ),
    deal_mentions.deal_mention_id,
    deal_mentions.status,
    '{"power":"' || deal_mention_id || '","value":"' || deal_mention_id || '"}' AS sources,
    deal_mentions.recorded_at
FROM core.deal_mentions
JOIN claims USING (deal_mention_id)
WHERE claims.evidence <> 'repeated';

INSERT INTO core.deal_parties BY NAME
SELECT
    claims.deal_id,
    getvariable('reader_version') AS reader_version,
    claims.turn + 1 AS revision,
    deal_mention_parties.position,
    deal_mention_parties.role,
    deal_mention_parties.name,
    deal_mention_parties.company_id,
    deal_mention_parties.surface,
    deal_mention_parties.confidence
FROM core.deal_mention_parties
JOIN claims USING (deal_mention_id)
WHERE claims.evidence <> 'repeated';

INSERT INTO core.deal_evidence BY NAME
SELECT
    deal_mention_id,
    getvariable('reader_version') AS reader_version,
    1 AS decision,
    deal_id,
    evidence AS kind,
    moment(d * 5) AS first_as_of_at,
    moment(n) AS last_as_of_at,
    moment(n) + INTERVAL 2 HOUR AS recorded_at
FROM claims;

INSERT INTO core.claim_keys BY NAME
WITH sides AS (
    SELECT deal_mention_id, n, unnest(company_keys(supplier)) AS supplier_key, company_keys(customer) AS customer_keys
    FROM claims
),

paired AS (
    SELECT deal_mention_id, n, supplier_key, unnest(customer_keys) AS customer_key FROM sides
)

SELECT
    deal_mention_id,
    getvariable('reader_version') AS reader_version,
    claim_key,
    id_of('article', n) AS article_id,
    moment(n) AS as_of_at
FROM (
    SELECT DISTINCT
        deal_mention_id,
        n,
        unnest([
            supplier_key,
            customer_key,
            least(supplier_key, customer_key) || '|' || greatest(supplier_key, customer_key)
        ]) AS claim_key
    FROM paired
);

INSERT INTO core.filed_articles BY NAME
SELECT
    id_of('article', n) AS article_id,
    getvariable('reader_version') AS reader_version,
    moment(n) AS as_of_at,
    coalesce(
        company_keys(claims.supplier)[2] || ' ' || company_keys(claims.customer)[2],
        company_keys(drawn(n, 'head', 5000))[2]
    ) AS names,
    false AS is_own_word,
    moment(n) + INTERVAL 2 HOUR AS recorded_at
FROM range(getvariable('articles_count')) AS articles(n)
LEFT JOIN claims USING (n);

INSERT INTO core.stories BY NAME
SELECT
    id_of('article', n) AS article_id,
    getvariable('reader_version') AS reader_version,
    1 AS placement,
    'story-' || n // 3 AS story_id,
    moment(n) + INTERVAL 2 HOUR AS recorded_at
FROM range(getvariable('articles_count')) AS articles(n);

INSERT INTO core.reader_versions BY NAME
SELECT
    1 AS acceptance,
    getvariable('reader_version') AS reader_version,
    'bench' AS accepted_by,
    'made up' AS reason,
    moment(getvariable('articles_count')) AS recorded_at;

INSERT INTO core.article_words BY NAME
WITH split AS (
    SELECT
        article_id,
        list_sort(list_distinct(string_split(
            trim(regexp_replace(lower(strip_accents(title)), '[^\p{L}\p{N}]+', ' ', 'g')), ' '
        ))) AS listed
    FROM core.articles
)

SELECT
    article_id,
    getvariable('reader_version') AS reader_version,
    ' ' || array_to_string(listed, ' ') || ' ' AS title_words,
    title_words AS distinct_words,
    len(listed) AS words_count
FROM split;
