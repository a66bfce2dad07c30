"""The postings behind a figure: every one that moved something for somebody in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.fairness.groups import Group, group_for
from evenhand.fairness.moves import GIVING
from evenhand.fairness.periods import Period
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.platform.refusal import NotFound

WHAT = ("due", "received", "corrected")

_SQL = """
WITH p AS (
    SELECT p.number, p.at, p.act, p.row, p.item_kind, p.item_id, p.receipt_id,
        p.act = ANY(%(giving)s) AS gives, p.taker_id, p.points, p.moves, p.shares_id, s.mine
    FROM posting AS p
    -- Few rows of shares serve all postings: what was looked up once is remembered (Memoize).
    LEFT JOIN LATERAL (SELECT s.amounts[array_position(s.members, %(who)s)] AS mine
        FROM shares AS s WHERE s.id = p.shares_id OFFSET 0) AS s ON true
    WHERE p.book_id = %(book)s AND p.number BETWEEN %(low)s AND %(high)s
        AND p.at >= %(since)s AND p.at < %(until)s AND (%(row)s < 0 OR p.row = %(row)s)
        AND ({whose})
)
SELECT number, at, act, row, item_kind, item_id, receipt_id,
    CASE WHEN gives THEN coalesce(mine, 0) ELSE 0 END,
    CASE WHEN gives AND taker_id = %(who)s AND shares_id IS NOT NULL THEN points ELSE 0 END,
    CASE WHEN gives THEN 0 ELSE coalesce((SELECT sum((one ->> 1)::bigint)
        FROM jsonb_array_elements(moves) AS one WHERE (one ->> 0)::bigint = %(who)s), 0) END,
    taker_id, points
FROM p ORDER BY number DESC LIMIT %(most)s
"""
_WHOSE = {
    "due": "p.act = ANY(%(giving)s) AND s.mine IS NOT NULL",
    "received": "p.act = ANY(%(giving)s) AND p.taker_id = %(who)s",
    "corrected": "p.act <> ALL(%(giving)s) AND EXISTS (SELECT 1 FROM jsonb_array_elements(p.moves)"
    " AS one WHERE (one ->> 0)::bigint = %(who)s)",
    # Given to somebody else.
    "missed": "p.act = ANY(%(giving)s) AND p.taker_id <> %(who)s",
}
_WHOSE["any"] = " OR ".join(f"({_WHOSE[what]})" for what in WHAT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting as it touched one person; micro-points."""

    number: int
    at: datetime
    act: str
    row: int
    item_kind: str
    item_id: int | None
    receipt_id: int | None
    due: int
    received: int
    corrected: int
    taker_id: int | None
    points: int  # what the item was worth
    grade: str = ""

    @property
    def change(self) -> int:
        """What it did to his balance."""
        return self.due - self.received + self.corrected


def entries(
    actor: Actor,
    book_id: int,
    user_id: int,
    period: Period,
    *,
    what: str,
    grade: str = "",
    before: int | None = None,
    most: int = 50,
) -> Sequence[Entry]:
    """Postings that make up what somebody was due, received or had corrected, newest first.

    `before` is the number of the last one already shown.

    :raises NotAllowed: the actor may not see decisions about others.
    :raises NotFound: no such group, or no such person within his reach.
    """
    group = group_for(actor, book_id)
    if not visible_people(actor).filter(pk=user_id).exists():
        raise NotFound("person", user_id)
    return entries_in(group, user_id, period, what=what, grade=grade, before=before, most=most)


def entries_in(
    group: Group,
    user_id: int,
    period: Period,
    *,
    what: str,
    grade: str = "",
    before: int | None = None,
    most: int = 50,
) -> Sequence[Entry]:
    """The same of a group that the caller has found within the reader's reach.

    `what` may also be "any" (all that touched him) or "missed" (given to somebody else).
    """
    since, until = whole_days(period.first, period.last, company_zone())
    low, high = _numbers(group.id, period)
    asked: dict[str, Any] = {
        "giving": list(GIVING),
        "book": group.id,
        "low": low,
        "high": high if before is None else min(high, before - 1),
        "since": since,
        "until": until,
        "row": group.grades.index(grade) if grade in group.grades else -1,
        "who": user_id,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(whose=_WHOSE[what]), asked)
        rows = cursor.fetchall()
    grades = group.grades
    return [Entry(*row, *([grades[row[3]]] if row[3] < len(grades) else [])) for row in rows]


def _numbers(book_id: int, period: Period) -> tuple[int, int]:
    """Between which numbers the postings of a period lie: counted days know, the rest is newer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(d.first) FILTER (WHERE d.day BETWEEN %(first)s AND %(last)s),"
            " max(d.last) FILTER (WHERE d.day BETWEEN %(first)s AND %(last)s),"
            " coalesce((SELECT number FROM fairness_counted WHERE book_id = %(book)s), 0),"
            " (SELECT postings FROM book WHERE id = %(book)s)"
            " FROM fairness_day AS d WHERE d.book_id = %(book)s",
            {"book": book_id, "first": period.first, "last": period.last},
        )
        first, last, counted, postings = cursor.fetchone()
    if postings > counted:  # what is not counted yet may be of any day
        return (counted + 1 if first is None else first), postings
    return (1, 0) if first is None else (first, last)
