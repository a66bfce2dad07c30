"""What is promised about work that changes hands by a plan: covers, departures, rebalances."""

# Whatever a plan says that it moved, a receipt of that very move says, too.
_MOVED_BY_RECEIPT = """
WITH moved AS (
    SELECT 'cover_move ' || id AS name, item_kind, item_id, to_rep_id AS rep, receipt_id
    FROM cover_move WHERE state <> 'refused'
    UNION ALL
    SELECT 'cover_move ' || m.id, m.item_kind, m.item_id, l.rep_id, m.back_receipt_id
    FROM cover_move AS m JOIN cover AS c ON c.id = m.cover_id JOIN leave AS l ON l.id = c.leave_id
    WHERE m.state = 'back'
    UNION ALL
    SELECT 'departure_line ' || id, kind, item_id, receiver_id, receipt_id
    FROM departure_line WHERE state = 'done' AND kind NOT IN ('contact', 'by_hand')
    UNION ALL
    SELECT 'rebalance_move ' || id, item_kind, item_id, to_rep_id, receipt_id
    FROM rebalance_move WHERE state IN ('done', 'undone', 'kept')
    UNION ALL
    SELECT 'rebalance_move ' || id, item_kind, item_id, from_rep_id, undo_receipt_id
    FROM rebalance_move WHERE state = 'undone'
)
SELECT m.name FROM moved AS m LEFT JOIN receipt AS r ON r.id = m.receipt_id
WHERE r.id IS NULL OR (r.act, r.item_kind, r.item_id, r.rep_id)
    IS DISTINCT FROM ('transfer', m.item_kind, m.item_id, m.rep)
"""

# Nothing is left behind by a plan that says it is over.
_NOTHING_LEFT = """
SELECT 'departure ' || d.id FROM departure AS d
WHERE d.state = 'done' AND EXISTS (
    SELECT FROM departure_line AS l
    WHERE l.departure_id = d.id AND l.state IN ('open', 'offered', 'declined'))
UNION ALL
SELECT 'cover ' || c.id FROM cover AS c
WHERE c.state = 'ended' AND EXISTS (
    SELECT FROM cover_move AS m WHERE m.cover_id = c.id AND m.state = 'moved')
UNION ALL
SELECT 'rebalance ' || r.id FROM rebalance AS r
WHERE r.state = 'done' AND EXISTS (
    SELECT FROM rebalance_move AS m WHERE m.rebalance_id = r.id AND m.state = 'proposed')
"""

HANDOVER_PROMISES = (
    ("I5", "invariant-moves-have-receipts", _MOVED_BY_RECEIPT),
    ("I12", "invariant-plans-leave-nothing", _NOTHING_LEFT),
)
