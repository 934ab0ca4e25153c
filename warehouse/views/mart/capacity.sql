-- mart.capacity: megawatts and accelerators that articles say operate, are being built or are planned, outside deals.
-- Several articles tell of the same capacity: count rows with is_latest only, and rows of one metric and status.
-- grain: one statement in one article
-- key: article_id, position
-- units: amount in MW or accelerators, as metric says
-- reader: BI tools, mart.capacity_pipeline
WITH statements AS (
    SELECT
        told.article_id, told.position, told.owner, told.owner_company_id, told.facility, told.metric, told.amount,
        told.bound, told.status, told.by_period, told.location, told.surface, told.confidence,
        current_articles.title, current_articles.publisher, current_articles.url, current_articles.published_on
    FROM core.capacity_mentions AS told
    JOIN core.current_reader_version USING (reader_version)
    JOIN core.current_articles USING (article_id, reader_version)
)

SELECT
    article_id,
    position,
    owner,
    owner_company_id AS company_id,
    facility,
    metric,
    amount,
    CASE WHEN metric = 'power_mw' THEN amount END AS power_mw,
    CASE WHEN metric = 'accelerators' THEN CAST(amount AS BIGINT) END AS accelerator_count,
    bound,
    status,
    by_period,
    TRY_CAST(regexp_extract(by_period, '(20[0-9]{2})', 1) AS INTEGER) AS by_year,
    location,
    row_number() OVER (
        PARTITION BY owner, facility, metric, status, by_period, location
        ORDER BY published_on DESC NULLS LAST, article_id, position
    ) = 1 AS is_latest,
    surface,
    confidence,
    title,
    publisher,
    url,
    published_on
FROM statements
