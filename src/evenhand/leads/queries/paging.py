"""Pages of a list: stable order, and a count that a million rows do not make slow."""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from evenhand.platform import clock
from evenhand.platform.remembered import Remembered

SIZES = (20, 50, 100)
EXACT_UP_TO = 10_000
# Where the planner expects more than this, counting to the limit would not be worth it.
_SURELY_MORE = 2 * EXACT_UP_TO
# Further down nobody leafs; a filter gets there.
DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are; beyond 10,000 the planner's estimate."""

    number: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where they stand in it."""

    rows: list[Any]
    number: int  # from 1
    size: int
    count: Count
    has_next: bool

    @property
    def first(self) -> int:
        """The number of the first row shown; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


# An estimate is as good a minute later. What is counted exactly is counted each time.
ESTIMATES: Remembered[Count] = Remembered(lasts=timedelta(minutes=1), most=512)


def count_of(
    rows: QuerySet[Any], *, are_few: bool = False, question: Hashable | None = None
) -> Count:
    """The number of rows: exact up to 10,000, else an estimate.

    `are_few`: they cannot be so many that counting them up to there would cost anything.
    `question` tells these rows from all others, reach included; without one their statement does.
    """
    rows = rows.order_by().select_related(None).values("pk")
    if are_few:
        return _counted(rows, 0)
    now, question = clock.now(), question or _statement_of(rows)
    if (kept := ESTIMATES.latest(question, now=now)) is not None:
        return kept
    found = _counted(rows, _expected(rows))
    if found.is_estimate:
        ESTIMATES.keep(question, found, now=now)
    return found


def _counted(rows: QuerySet[Any], expected: int) -> Count:
    if expected > _SURELY_MORE:
        return Count(expected, True)
    found = rows[: EXACT_UP_TO + 1].count()
    if found <= EXACT_UP_TO:
        return Count(found, False)
    return Count(max(expected, found), True)


def _statement_of(rows: QuerySet[Any]) -> Hashable:
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return ""
    return sql, repr(values)


def page_of(
    rows: QuerySet[Any],
    *,
    number: int = 1,
    size: int = SIZES[0],
    counted: QuerySet[Any] | None = None,
    are_few: bool = False,
) -> Page:
    """One page of ordered rows. Numbers beyond the deepest page give the deepest.

    `counted` are the same rows without what is joined for their order alone; `are_few` as for
    `count_of`.

    Which rows is asked first, without what is joined to them: that would be joined to all rows
    that the filter lets through before the first page is cut off.
    """
    size = size if size in SIZES else SIZES[0]
    number = max(1, min(number, DEEPEST // size))
    start = (number - 1) * size
    found, more = (
        _joined(rows, start, size) if rows.query.select_related else _bare(rows, start, size)
    )
    deeper = more and start + size < DEEPEST
    if not more and (found or not start):  # the last page says how many there are
        count = Count(start + len(found), is_estimate=False)
    else:
        count = count_of(rows if counted is None else counted, are_few=are_few)
    return Page(found, number, size, count, deeper)


def _bare(rows: QuerySet[Any], start: int, size: int) -> tuple[list[Any], bool]:
    found = list(rows[start : start + size + 1])
    return found[:size], len(found) > size


def _joined(rows: QuerySet[Any], start: int, size: int) -> tuple[list[Any], bool]:
    bare = rows.select_related(None).values_list("pk", flat=True)
    ids = list(bare[start : start + size + 1])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=ids[:size])}
    # A row that changed in between and fell out of the filter is left out.
    return [found[pk] for pk in ids[:size] if pk in found], len(ids) > size


def _expected(rows: QuerySet[Any]) -> int:
    text = rows.explain(format="json")
    if not text:  # a condition that nothing can meet is not even asked
        return 0
    told: list[dict[str, Any]] = json.loads(text)
    return int(told[0]["Plan"]["Plan Rows"])
