"""What is promised about load and levels: id, message, and the query for what breaks it."""

# The newest booking of a to-do says who has it: a charge to its owner, or nothing that is left.
_WORK_IS_BOOKED = """
WITH booked AS (
    SELECT DISTINCT ON (p.item_id) p.item_id, p.taker_id,
        p.act IN ('dealt', 'charged', 'claimed') AS is_given
    FROM posting AS p JOIN book AS b ON b.id = p.book_id
    WHERE p.item_kind = 'task' AND b.key LIKE '%|work' ORDER BY p.item_id, p.id DESC
), said AS (
    -- Where the rules know no to-dos any more, acts go on without the ledger: no book is named.
    SELECT DISTINCT ON (item_id) item_id, book_id FROM receipt
    WHERE item_kind = 'task' ORDER BY item_id, at DESC, id DESC
)
SELECT 'task ' || t.id FROM task AS t
JOIN said ON said.item_id = t.id AND said.book_id IS NOT NULL
LEFT JOIN booked ON booked.item_id = t.id
WHERE CASE
    WHEN t.owner_id IS NOT NULL AND t.state IN ('open', 'done')
        THEN booked.is_given IS NOT TRUE OR booked.taker_id <> t.owner_id
    ELSE booked.is_given IS TRUE
END
"""

# The journal counted a week when it was settled.
_WEEKS_ARE_COUNTED = """
WITH recount AS (
    SELECT monday, count(*) AS reps, count(*) FILTER (WHERE band = 'overloaded') AS over,
        count(*) FILTER (WHERE band = 'idle') AS idle
    FROM work_week GROUP BY monday
)
SELECT 'week ' || r.monday FROM recount AS r JOIN event AS e
    ON e.kind = 'workload.week_settled' AND (e.data ->> 'week')::date = r.monday
WHERE (r.reps, r.over, r.idle) IS DISTINCT FROM ((e.data ->> 'reps')::bigint,
    (e.data ->> 'over')::bigint, (e.data ->> 'idle')::bigint)
UNION ALL
SELECT 'rep ' || rep_id || ' ' || monday FROM work_week WHERE below_minutes > leveled_minutes
"""

# Two at once would each be meant; which one holds must not hang on their order.
_ONE_CAP = """
SELECT 'rep ' || rep_id FROM cap WHERE ended_at IS NULL GROUP BY rep_id HAVING count(*) > 1
"""

_READY_BY_FIGURES = """
SELECT 'rep ' || rep_id FROM standing
WHERE is_ready AND (next_level IN ('', level)
    OR days < (asked ->> 'days')::bigint
    OR expected < (asked ->> 'expected')::bigint
    OR probability <= (asked ->> 'probability')::bigint)
"""

# Proposed is who meets all that is asked; the journal says so, and what was decided.
_GRADUATION_HAS_EVIDENCE = """
SELECT 'graduation ' || g.id FROM graduation AS g
WHERE NOT (g.evidence ?& ARRAY['days', 'outcomes', 'expected', 'rate', 'probability', 'asked'])
    OR (g.evidence ->> 'days')::bigint < (g.evidence #>> '{asked,days}')::bigint
    OR (g.evidence ->> 'expected')::bigint < (g.evidence #>> '{asked,expected}')::bigint
    OR (g.evidence ->> 'probability')::bigint <= (g.evidence #>> '{asked,probability}')::bigint
    OR g.from_level = g.to_level
    OR NOT EXISTS (SELECT FROM event AS e WHERE e.object_kind = 'graduation'
        AND e.object_id = g.id AND e.kind = 'graduation.proposed')
"""
_GRADUATION_IS_DECIDED = """
SELECT 'graduation ' || g.id FROM graduation AS g
WHERE (g.state = 'open') <> (g.decided_at IS NULL)
    OR (g.state = 'put_off') <> (g.again_on IS NOT NULL)
    OR g.state <> 'open' AND NOT EXISTS (SELECT FROM event AS e WHERE e.object_kind = 'graduation'
        AND e.object_id = g.id AND e.kind = 'graduation.' || g.state)
"""

WORK_PROMISES = (
    ("I3", "invariant-one-cap-by-hand", _ONE_CAP),
    ("I12", "invariant-work-is-booked", _WORK_IS_BOOKED),
    ("I12", "invariant-weeks-are-counted", _WEEKS_ARE_COUNTED),
    ("I12", "invariant-ready-by-figures", _READY_BY_FIGURES),
    ("I12", "invariant-graduation-has-evidence", _GRADUATION_HAS_EVIDENCE),
    ("I12", "invariant-graduation-is-decided", _GRADUATION_IS_DECIDED),
)
