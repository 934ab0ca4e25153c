-- changed_keys: which keys stand for other rows than in the last release (slice.sums.changed), looked for where blocks
-- differ. A key may stand in several blocks, and in others than before: its sums are added up, modulo 2**64 as they are.
-- parameters: none; the databases slice (sums of now) and staged (sums of the last release) are attached

CREATE TABLE slice.sums.changed AS
WITH before AS (
    SELECT kind, name, key, sum(keyed.total) % 18446744073709551616 AS total
    FROM staged.sums.keyed
    SEMI JOIN slice.sums.differing USING (name, block)
    GROUP BY ALL
),

now AS (
    SELECT kind, name, key, sum(total) % 18446744073709551616 AS total FROM slice.sums.keyed GROUP BY ALL
)

SELECT kind, name, key, before.total IS NOT NULL AS was_there
FROM now
FULL JOIN before USING (kind, name, key)
WHERE now.total IS DISTINCT FROM before.total;
