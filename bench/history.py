"""A company with a long history, by SQL: decisions, postings and books that fit each other."""

from typing import Any

# How the pages are called, and where they are; {book} and {rep} are real ids.
PAGES = (
    ("/fairness", "/fairness"),
    ("/fairness, one group, 30 days", "/fairness/{book}"),
    ("/fairness, one group, 90 days", "/fairness/{book}?span=90"),
    ("/fairness, one group and grade", "/fairness/{book}?span=90&grade=B"),
    ("/fairness, postings behind due", "/fairness/{book}/people/{rep}?what=due"),
    ("/fairness, postings behind received", "/fairness/{book}/people/{rep}?what=received&span=90"),
    ("/fairness/rules", "/fairness/rules?days=90"),
    ("/overrides, 90 days", "/overrides?span=90"),
    ("/distribution", "/distribution"),
    ("/distribution, one rep", "/distribution?rep={rep}"),
    ("/distribution, one group and period", "/distribution?book={book}&from={first}&to={last}"),
    ("/unassigned", "/unassigned"),
    ("/members", "/members"),
    ("/team", "/team"),
)
DAYS = 90


def fill_history(decisions: int) -> None:
    """Make so many decisions over DAYS days of the leads that are there, dealt in turn.

    Everybody in the first line's first group is a member of one book; one in a hundred decisions is
    by hand. Balances are what the postings add up to.
    """
    from django.db import connection
    from django.utils import timezone

    from evenhand.fairness.counting import count_all
    from evenhand.fairness.rules import count_rules

    asked: dict[str, Any] = {"count": decisions, "days": DAYS}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in (_BOOK, _SHARES, _RECEIPTS, _POSTINGS, _WAITING):
            cursor.execute(statement, asked)
        cursor.execute(_KEPT)
    count_all()
    count_rules(timezone.now())  # as the nightly job does
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        cursor.execute("ANALYZE")


def pages() -> list[tuple[str, str]]:
    """Name and address of each page to look at."""
    known = values()
    return [(name, path.format(**known)) for name, path in PAGES]


def values() -> dict[str, Any]:
    """What stands in the addresses: a book, somebody in it, and a month that is long over."""
    from datetime import timedelta

    from django.utils import timezone

    from evenhand.ledger.models import Book
    from evenhand.people.clocks import company_day

    book = Book.objects.order_by("pk").first()
    assert book is not None, "there is no history yet"
    today = company_day(timezone.now())
    return {
        "book": book.pk,
        "rep": book.members[len(book.members) // 2],
        "first": today - timedelta(days=60),
        "last": today - timedelta(days=30),
    }


_BOOK = """
INSERT INTO book (line_id, key, by_grade, grades, members, guests, ever, last, arrears,
    largest_points, sequence)
SELECT l.id, 'g0|value', true, ARRAY['A','B','C','D'], r.ids, '{}', r.ids,
    array_fill(0::bigint, ARRAY[cardinality(r.ids)]), '{}'::jsonb, 8000000, %(count)s
FROM (SELECT id FROM line ORDER BY id LIMIT 1) AS l,
    (SELECT array_agg(user_id ORDER BY user_id::text COLLATE "C") AS ids FROM rep) AS r
"""
# Eight different fields of eligible people per grade: somebody is always away.
_SHARES = """
INSERT INTO shares (digest, members, amounts)
SELECT 'bench ' || g.row || ' ' || k, array_agg(m.id ORDER BY m.place),
    array_agg(g.points / size + CASE WHEN rank <= g.points %% size THEN 1 ELSE 0 END
        ORDER BY m.place)
FROM (VALUES (0, 8000000), (1, 5000000), (2, 3000000), (3, 1000000)) AS g(row, points),
    generate_series(0, 7) AS k,
    LATERAL (
        SELECT m.id, place, row_number() OVER (ORDER BY place) AS rank, count(*) OVER () AS size
        FROM book, unnest(members) WITH ORDINALITY AS m(id, place) WHERE place %% 40 <> k
    ) AS m
GROUP BY g.row, g.points, k
"""
_RECEIPTS = """
INSERT INTO receipt (line_id, item_kind, item_id, at, outcome, cause, rule, rep_id, book_id, grade,
    points, actor_id, act, reason, body)
SELECT b.line_id, 'lead', x.id,
    now() - make_interval(secs => %(days)s * 86400.0 * x.n / %(count)s), 'assigned',
    CASE WHEN x.n %% 100 = 0 THEN 'manual' ELSE 'fair_share' END,
    CASE WHEN x.n %% 100 = 0 THEN '' ELSE 'r0' END,
    b.members[1 + (x.n * 7919) %% cardinality(members)],
    b.id, substr('ABCD', 1 + (x.n / 3)::int %% 4, 1),
    (ARRAY[8000000, 5000000, 3000000, 1000000])[1 + (x.n / 3)::int %% 4],
    CASE WHEN x.n %% 100 = 0 THEN (SELECT max(id) FROM person WHERE role = 'manager') END,
    CASE WHEN x.n %% 100 = 0 THEN 'assign' ELSE '' END,
    CASE WHEN x.n %% 100 = 0 THEN
        (ARRAY['waiting', 'expertise', 'relationship', 'language'])[1 + (x.n / 100)::int %% 4]
        ELSE '' END, repeat('x', 300)
FROM book AS b, (
    SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM lead LIMIT %(count)s
) AS x
ORDER BY x.n DESC
"""
_POSTINGS = """
INSERT INTO posting (book_id, number, at, act, row, item_kind, item_id, taker_id, points, shares_id,
    sequence, receipt_id)
SELECT r.book_id, r.number, r.at, CASE WHEN r.act = '' THEN 'dealt' ELSE 'charged' END, r.row,
    'lead', r.item_id, r.rep_id, r.points, s.id, r.number, r.id
FROM (SELECT *, row_number() OVER (ORDER BY id) AS number, strpos('ABCD', grade) - 1 AS row
    FROM receipt WHERE book_id IS NOT NULL) AS r
JOIN shares AS s ON s.digest = 'bench ' || r.row || ' ' || r.number / 20000 %% 8
ORDER BY r.id
"""
_WAITING = """
UPDATE lead SET state = 'queued', owner_id = NULL, queued_at = created_at,
    why_unassigned = '{"code": "unassigned.no_rule"}'
WHERE id IN (SELECT id FROM lead ORDER BY id LIMIT %(count)s / 500)
"""
_KEPT = """
UPDATE book SET postings = (SELECT count(*) FROM posting WHERE book_id = book.id)
"""
_BALANCES = """
WITH sums AS (
    SELECT d.book_id, d.row, m.member, sum(m.due - m.received + m.corrected) AS amount
    FROM fairness_day AS d, unnest(d.members, d.due, d.received, d.corrected)
        AS m(member, due, received, corrected)
    GROUP BY d.book_id, d.row, m.member
)
INSERT INTO balance (book_id, row, amounts)
SELECT b.id, g.row, array_agg(coalesce(s.amount, 0)::bigint ORDER BY m.place)
FROM book AS b CROSS JOIN generate_series(0, 3) AS g(row)
CROSS JOIN LATERAL unnest(b.members) WITH ORDINALITY AS m(id, place)
LEFT JOIN sums AS s ON s.book_id = b.id AND s.row = g.row AND s.member = m.id
GROUP BY b.id, g.row
"""
