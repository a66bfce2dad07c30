"""What is promised about clocks: id, message, and the query for what breaks it."""

# Whoever lost an item by a clock lost it because that clock had run out, and once.
_RUN_OUT_BEFORE = """
SELECT 'assignment ' || a.id FROM assignment AS a
WHERE a.closed_by IN ('recycle', 'reassign') AND NOT EXISTS (
    SELECT FROM clock_firing AS f WHERE f.assignment_id = a.id AND f.step = 'missed'
        AND f.due_at <= a.closed_at)
"""

_STAYS_IN_ORDER = """
SELECT one.item_kind || ' ' || one.item_id FROM pool_stay AS one
JOIN pool_stay AS other ON other.item_kind = one.item_kind AND other.item_id = one.item_id
    AND other.id > one.id
WHERE one.left_at IS NULL OR one.left_at > other.entered_at
"""

_NEVER_EARLY = """
SELECT 'assignment ' || assignment_id || ' ' || clock FROM clock_firing
WHERE at < due_at AND step = 'missed'
"""

# What was due a minute before a sweep that did something else was left behind by it.
_NONE_LEFT_BEHIND = """
SELECT 'assignment ' || id FROM assignment
WHERE closed_at IS NULL AND wound_at IS NOT NULL
    AND next_at < (SELECT max(at) FROM clock_firing) - interval '60 seconds'
    AND wound_at < (SELECT max(at) FROM clock_firing) - interval '60 seconds'
"""

# A mistake of the program: until it is mended, nothing runs out over such an item.
_WORKED_OUT = """
SELECT 'assignment ' || id || ' ' || (clocks ->> 'failed') FROM assignment
WHERE closed_at IS NULL AND jsonb_exists(clocks, 'failed')
"""

CLOCK_PROMISES = (
    ("I8", "invariant-recycled-after-its-clock", _RUN_OUT_BEFORE),
    ("I8", "invariant-stays-in-order", _STAYS_IN_ORDER),
    ("I15", "invariant-clocks-never-early", _NEVER_EARLY),
    ("I15", "invariant-clocks-none-left", _NONE_LEFT_BEHIND),
    ("I15", "invariant-clocks-worked-out", _WORKED_OUT),
)
