"""What postings moved, per day, grade and person: the one reading of them for all figures.

Due (应得) is what a person was credited by items dealt, charged or claimed; received (实得) what he
paid for those he took; corrected (更正) what refunds, voids, departures, credits and caps moved. So
the balance changes by due − received + corrected, always.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

# Postings that give an item to somebody; whatever else there is corrects.
GIVING = ("dealt", "charged", "claimed")

# Per portion of a book: its postings numbered after … upto.
_SQL = """
WITH p AS (
    SELECT p.book_id, p.number, p.row, (p.at AT TIME ZONE %(zone)s)::date AS day,
        p.act = ANY(%(giving)s) AS gives, p.shares_id, p.taker_id, p.points, p.moves
    FROM unnest(%(books)s::bigint[], %(after)s::bigint[], %(upto)s::bigint[])
        AS r(book, after, upto)
    JOIN posting AS p ON p.book_id = r.book AND p.number > r.after AND p.number <= r.upto
), parts AS (
    SELECT g.book_id, g.day, g.row, m.member, m.amount * g.n AS due, 0 AS received, 0 AS corrected,
        0 AS n
    FROM (SELECT book_id, day, row, shares_id, count(*) AS n FROM p
        WHERE gives AND shares_id IS NOT NULL GROUP BY book_id, day, row, shares_id) AS g
    JOIN shares AS s ON s.id = g.shares_id, unnest(s.members, s.amounts) AS m(member, amount)
    UNION ALL
    -- Where nobody was credited, nothing was paid.
    SELECT book_id, day, row, taker_id, 0,
        sum(CASE WHEN shares_id IS NULL THEN 0 ELSE points END), 0, count(*)
    FROM p WHERE gives AND taker_id IS NOT NULL GROUP BY book_id, day, row, taker_id
    UNION ALL
    SELECT book_id, day, row, (one ->> 0)::bigint, 0, 0, (one ->> 1)::bigint, 0
    FROM p, jsonb_array_elements(moves) AS one WHERE NOT gives AND moves IS NOT NULL
), days AS (
    SELECT book_id, day, min(number) AS first, max(number) AS last FROM p GROUP BY book_id, day
)
SELECT book_id, day, row, member, sum(due)::bigint, sum(received)::bigint, sum(corrected)::bigint,
    sum(n)::bigint, first, last
FROM parts JOIN days USING (book_id, day)
WHERE %(member)s::bigint IS NULL OR member = %(member)s
GROUP BY book_id, day, row, member, first, last ORDER BY book_id, day, row, member
"""


class Move(NamedTuple):
    """What one person was due and received in one grade on one day, and what was corrected."""

    book: int
    day: date
    row: int
    member: int
    due: int
    received: int
    corrected: int
    items: int
    first: int  # numbers of the first and last posting of the day among those read
    last: int


class Portion(NamedTuple):
    """Postings of a book: those numbered `after` + 1 … `upto`."""

    book: int
    after: int
    upto: int


def moves_of(portions: Iterable[Portion], *, zone: str, member: int | None = None) -> list[Move]:
    """Sums of these postings, in the order book, day, grade, person; of one `member`, or of all.

    One query.
    """
    wanted = [one for one in portions if one.upto > one.after]
    if not wanted:
        return []
    books, after, upto = (list(column) for column in zip(*wanted, strict=True))
    asked: dict[str, Any] = {
        "books": books,
        "after": after,
        "upto": upto,
        "zone": zone,
        "giving": list(GIVING),
        "member": member,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        return [Move(*row) for row in cursor.fetchall()]
