-- assert_vocabularies: a word that stands for a kind of deal, role, bound, … is one of those that the records name.
WITH words AS (
    SELECT 'raw.feed_fetches' AS table_name, 'outcome' AS column_name, outcome AS word FROM raw.feed_fetches
    UNION ALL SELECT 'raw.documents', 'kind', kind FROM raw.documents
    UNION ALL SELECT 'core.articles', 'kind', kind FROM core.articles
    UNION ALL SELECT 'core.mentions', 'kind', kind FROM core.mentions
    UNION ALL SELECT 'core.deal_mentions', 'type', type FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'status', status FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'focus', focus FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', value_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', valuation_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', power_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', accelerator_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', term_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'bound', stake_bound FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'basis', value_basis FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'basis', valuation_basis FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mentions', 'power_basis', power_basis FROM core.deal_mentions
    UNION ALL SELECT 'core.deal_mention_parties', 'role', role FROM core.deal_mention_parties
    UNION ALL SELECT 'core.deals', 'type', type FROM core.deals
    UNION ALL SELECT 'core.deal_revisions', 'status', status FROM core.deal_revisions
    UNION ALL SELECT 'core.deal_revisions', 'bound', value_bound FROM core.deal_revisions
    UNION ALL SELECT 'core.deal_revisions', 'basis', value_basis FROM core.deal_revisions
    UNION ALL SELECT 'core.deal_parties', 'role', role FROM core.deal_parties
    UNION ALL SELECT 'core.deal_evidence', 'evidence', kind FROM core.deal_evidence
    UNION ALL SELECT 'core.deal_endings', 'ending_kind', kind FROM core.deal_endings
    UNION ALL SELECT 'core.capacity_mentions', 'metric', metric FROM core.capacity_mentions
    UNION ALL SELECT 'core.capacity_mentions', 'capacity_status', status FROM core.capacity_mentions
    UNION ALL SELECT 'core.capacity_mentions', 'bound', bound FROM core.capacity_mentions
    UNION ALL SELECT 'core.capex_mentions', 'change', change FROM core.capex_mentions
)

SELECT table_name, column_name, word, count(*) AS rows_count
FROM words
WHERE word IS NOT NULL
  AND NOT CASE column_name
      WHEN 'outcome' THEN word IN ('new', 'unchanged', 'failed')
      WHEN 'kind' THEN word IN (
          'page', 'entry', 'inbox',
          'company', 'organisation', 'person', 'product', 'facility', 'accelerator', 'vehicle', 'place',
          'money', 'power', 'energy', 'compute', 'duration', 'date', 'share', 'area'
      )
      WHEN 'type' THEN word IN (
          'compute', 'chips', 'lease', 'power', 'build', 'equity', 'debt', 'acquisition', 'joint_venture', 'partnership'
      )
      WHEN 'status' THEN word IN ('rumored', 'announced', 'closed', 'amended', 'cancelled')
      WHEN 'focus' THEN word IN ('primary', 'background')
      WHEN 'bound' THEN word IN ('exact', 'about', 'up_to', 'at_least')
      WHEN 'basis' THEN word IN ('total', 'per_year')
      WHEN 'power_basis' THEN word IN ('it_load', 'facility', 'nameplate', 'unstated')
      WHEN 'role' THEN word IN (
          'supplier', 'customer', 'developer', 'investor', 'investee', 'lender', 'borrower', 'acquirer', 'target',
          'seller', 'partner', 'guarantor'
      )
      WHEN 'evidence' THEN word IN ('new', 'revised', 'repeated')
      WHEN 'ending_kind' THEN word IN ('withdrawn', 'merged', 'restored')
      WHEN 'metric' THEN word IN ('power_mw', 'accelerators')
      WHEN 'capacity_status' THEN word IN ('operating', 'under_construction', 'planned')
      WHEN 'change' THEN word IN ('raised', 'lowered', 'maintained', 'initial')
  END
GROUP BY table_name, column_name, word
ORDER BY table_name, column_name, word
