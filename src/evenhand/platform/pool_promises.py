"""What is promised about public pools: id, message, and the query for what breaks it.

A limit is that of the rules under which somebody claimed, not of today's. Two acts at once may bear
moments in the other order than they were settled in, so that a minute's grace is given on either
side: what is named here is broken for certain.
"""

# Terms of claiming by line and pool, each with the time in which it was live; pool '' = of all
# pools of the line together. Nothing said = no limit.
_TERMS = """
published AS (
    SELECT line_id, document, published_at - interval '1 minute' AS from_at,
        coalesce(lead(published_at) OVER (PARTITION BY line_id ORDER BY published_at, number)
            + interval '1 minute', 'infinity') AS until_at
    FROM policy_version WHERE state IN ('live', 'retired') AND published_at IS NOT NULL
), terms AS (
    SELECT line_id, from_at, until_at, one ->> 'pool' AS pool,
        (one #>> '{claim,per_day}')::bigint AS per_day,
        (one #>> '{claim,holding_items}')::bigint AS items,
        (one #>> '{claim,holding_points}')::numeric * 1000000 AS points
    FROM published, jsonb_array_elements(document -> 'pools') AS one
    UNION ALL
    SELECT line_id, from_at, until_at, '', (document #>> '{holding,per_day}')::bigint,
        (document #>> '{holding,items}')::bigint,
        (document #>> '{holding,points}')::numeric * 1000000
    FROM published
)
"""

_STAY_PER_POOLED_ITEM = """
WITH pooled AS (
    SELECT 'lead' AS kind, id, line_id, pool, pooled_at FROM lead WHERE state = 'pooled'
    UNION ALL
    SELECT 'account', id, line_id, pool, pooled_at FROM company WHERE state = 'pooled'
    UNION ALL
    SELECT 'opportunity', id, line_id, pool, pooled_at FROM opportunity WHERE state = 'pooled'
)
SELECT coalesce(i.kind, s.item_kind) || ' ' || coalesce(i.id, s.item_id)
FROM pooled AS i FULL JOIN (SELECT * FROM pool_stay WHERE left_at IS NULL) AS s
    ON s.item_kind = i.kind AND s.item_id = i.id
WHERE (i.line_id, i.pool, i.pooled_at) IS DISTINCT FROM (s.line_id, s.pool, s.entered_at)
"""

# What somebody gave back since counts too: claiming, returning and claiming beats no limit.
_CLAIMS_A_DAY = f"""
WITH {_TERMS}, claims AS (
    SELECT s.line_id, pool.name, s.taken_by_id AS rep_id, s.left_at,
        (s.left_at AT TIME ZONE o.zone)::date AS day
    FROM pool_stay AS s, organization AS o, LATERAL (VALUES (s.pool), ('')) AS pool(name)
    WHERE s.left_by = 'claim'
), days AS (
    SELECT line_id, name, rep_id, day, count(*) AS n, min(left_at) AS first, max(left_at) AS last
    FROM claims GROUP BY line_id, name, rep_id, day
)
SELECT 'rep ' || rep_id || ' ' || day || ' ' || name FROM days AS d
WHERE n > (
    SELECT max(coalesce(t.per_day, 'infinity'::numeric)) FROM terms AS t
    WHERE t.line_id = d.line_id AND t.pool = d.name AND t.from_at <= d.last
        AND t.until_at > d.first
)
"""

# What was held of all claims just after each claim; won accounts are left out, because they count
# only where the terms say so.
_CLAIMS_HELD = f"""
WITH {_TERMS}, held AS (
    SELECT a.id, s.line_id, pool.name, a.rep_id, a.points, a.opened_at, a.closed_at
    FROM assignment AS a JOIN pool_stay AS s ON s.id = a.stay_id,
        LATERAL (VALUES (s.pool), ('')) AS pool(name)
    WHERE NOT (a.item_kind = 'account' AND EXISTS (
        SELECT FROM opportunity AS o WHERE o.company_id = a.item_id AND o.stage = 'won'))
), moves AS (
    SELECT *, opened_at AS at, 1 AS step FROM held
    UNION ALL
    SELECT *, closed_at - interval '1 minute', -1 FROM held WHERE closed_at IS NOT NULL
), counted AS (
    SELECT *, sum(step) OVER told AS items, sum(step * points) OVER told AS total FROM moves
    WINDOW told AS (PARTITION BY line_id, name, rep_id ORDER BY at, step, id)
)
SELECT 'assignment ' || id || ' ' || name FROM counted AS c
WHERE step = 1 AND EXISTS (SELECT FROM terms AS t WHERE t.line_id = c.line_id AND t.pool = c.name
        AND c.at BETWEEN t.from_at AND t.until_at)
    AND NOT EXISTS (
        SELECT FROM terms AS t WHERE t.line_id = c.line_id AND t.pool = c.name
            AND c.at BETWEEN t.from_at AND t.until_at
            AND c.items <= coalesce(t.items, 'infinity'::numeric)
            AND c.total <= coalesce(t.points, 'infinity'::numeric)
    )
"""

# A claim is a stay with a taker and a price, his assignment, and, if it cost something, a posting.
_CLAIMS_ARE_WHOLE = """
SELECT coalesce('stay ' || s.id, 'assignment ' || a.id)
FROM (SELECT * FROM pool_stay WHERE left_by = 'claim') AS s
FULL JOIN (SELECT * FROM assignment WHERE stay_id IS NOT NULL) AS a ON a.stay_id = s.id
    AND a.item_kind = s.item_kind AND a.item_id = s.item_id AND a.rep_id = s.taken_by_id
GROUP BY s.id, a.id, s.item_kind, s.item_id, s.left_at, s.price, a.opened_at, a.receipt_id
HAVING s.id IS NULL OR a.id IS NULL OR s.price IS NULL
    OR abs(extract(epoch FROM s.left_at - a.opened_at)) > 60
    OR s.price > 0 AND NOT EXISTS (
        SELECT FROM posting AS p WHERE p.item_kind = s.item_kind AND p.item_id = s.item_id
            AND p.receipt_id = a.receipt_id AND p.act = 'claimed' AND p.points = s.price)
UNION ALL
SELECT 'stay ' || stay_id FROM assignment WHERE stay_id IS NOT NULL
GROUP BY stay_id HAVING count(*) > 1
"""

POOL_PROMISES = (
    ("I2", "invariant-pooled-item-has-stay", _STAY_PER_POOLED_ITEM),
    ("I3", "invariant-claims-a-day", _CLAIMS_A_DAY),
    ("I3", "invariant-claims-held", _CLAIMS_HELD),
    ("I12", "invariant-claims-are-whole", _CLAIMS_ARE_WHOLE),
)
