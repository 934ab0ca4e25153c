-- alert_news: every deal of which something was recorded after a moment, as it stands now; also those that left the tape.
-- What the first poll of a feed brought is no news: has_news is false where nothing else tells of the deal.
-- parameters: since
WITH changed AS (
    SELECT deal_id FROM core.deal_evidence
    JOIN core.current_reader_version USING (reader_version)
    WHERE recorded_at > $since AND deal_id IS NOT NULL
    UNION
    SELECT deal_id FROM core.deal_revisions
    JOIN core.current_reader_version USING (reader_version)
    WHERE recorded_at > $since
    UNION
    SELECT deal_id FROM core.deal_endings
    JOIN core.current_reader_version USING (reader_version)
    WHERE recorded_at > $since
    UNION
    SELECT into_deal_id FROM core.deal_endings
    JOIN core.current_reader_version USING (reader_version)
    WHERE recorded_at > $since AND into_deal_id IS NOT NULL
),

first_polls AS (
    SELECT feed_id, min(retrieved_at) AS first_at
    FROM raw.feed_fetches
    WHERE outcome = 'new'
    GROUP BY feed_id
),

seeds AS (
    SELECT entries.item_id
    FROM raw.entries
    JOIN first_polls USING (feed_id)
    GROUP BY entries.item_id
    HAVING bool_and(entries.first_seen_at <= first_polls.first_at)
),

tellings AS (
    SELECT deal_id, bool_or(item_id NOT IN (SELECT item_id FROM seeds)) AS has_news
    FROM core.current_evidence
    WHERE deal_id IN (SELECT deal_id FROM changed)
    GROUP BY deal_id
),

parties AS (
    SELECT deal_id, list(DISTINCT name ORDER BY name) AS names
    FROM mart.deal_parties
    WHERE deal_id IN (SELECT deal_id FROM changed)
    GROUP BY deal_id
),

quotations AS (
    SELECT deal_id, sentence, title, publisher, url
    FROM mart.deal_evidence
    WHERE deal_id IN (SELECT deal_id FROM changed) AND sentence <> ''
    QUALIFY row_number() OVER (
        PARTITION BY deal_id
        ORDER BY
            focus <> 'primary',
            published_on DESC NULLS LAST,
            sentence = title,
            list_position(['value', 'power', 'accelerators', 'trigger'], slot) NULLS LAST,
            publisher,
            deal_mention_id,
            slot
    ) = 1
)

SELECT
    changed.deal_id,
    deals.deal_id IS NULL AS is_gone,
    coalesce(tellings.has_news, false) AS has_news,
    coalesce(parties.names, []) AS names,
    deals.type,
    deals.status,
    deals.focus,
    deals.corroboration,
    deals.parties,
    deals.value_amount,
    deals.value_currency_code,
    deals.value_bound,
    deals.value_basis,
    deals.amount_usd,
    deals.power_mw,
    deals.accelerator_count,
    deals.accelerator_model,
    deals.term_months,
    deals.locations,
    deals.announced_on,
    deals.last_changed_on,
    quotations.sentence,
    quotations.title,
    quotations.publisher,
    quotations.url
FROM changed
LEFT JOIN mart.deals USING (deal_id)
LEFT JOIN tellings USING (deal_id)
LEFT JOIN parties USING (deal_id)
LEFT JOIN quotations USING (deal_id)
ORDER BY deals.amount_usd DESC NULLS LAST, changed.deal_id
