"""What is promised about to-dos (待办): id, message, and the query for what breaks it."""

_GIVEN_HAS_RECEIPT = """
SELECT 'task ' || t.id FROM task AS t
LEFT JOIN receipt AS r ON r.id = t.receipt_id AND r.item_kind = 'task' AND r.item_id = t.id
WHERE t.state = 'open' AND t.owner_id IS NOT NULL AND t.cause <> 'own'
    AND r.rep_id IS DISTINCT FROM t.owner_id
"""

# Work and worth are never added: each book has its own kind of items.
_BOOKS_APART = """
SELECT 'posting ' || p.id FROM posting AS p JOIN book AS b ON b.id = p.book_id
WHERE p.item_kind <> '' AND (p.item_kind = 'task') <> (b.key LIKE '%|work')
"""

_DONE_IS_PROVED = """
SELECT 'task ' || id FROM task
WHERE state = 'done' AND (owner_id IS NULL
    OR needs = 'note' AND result = '' AND done_at > coalesce(
        (SELECT max(at) FROM event WHERE kind = 'person.erased'), '-infinity')
    OR needs = 'photo' AND NOT EXISTS (SELECT 1 FROM task_photo AS p WHERE p.task_id = task.id)
    OR needs = 'contact' AND activity_id IS NULL)
"""

TASK_PROMISES = (
    ("I5", "invariant-given-tasks-have-receipts", _GIVEN_HAS_RECEIPT),
    ("I9", "invariant-work-and-worth-apart", _BOOKS_APART),
    ("I12", "invariant-done-tasks-are-proved", _DONE_IS_PROVED),
)
