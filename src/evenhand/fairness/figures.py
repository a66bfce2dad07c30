"""Due, received and balances of groups over a period: days that are counted, and the rest live.

Three queries for any number of groups. What was counted and what is read live meet at a number of
the book's postings, so nothing is missed and nothing is counted twice.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from evenhand.engine.ledger.bounds import balance_bound
from evenhand.fairness.measures import jain, largest
from evenhand.fairness.moves import Move, Portion, moves_of
from evenhand.fairness.periods import Period


class Sums(NamedTuple):
    """Sums of a period by person, arrays aligned with `Figures.members`."""

    due: Any
    received: Any
    corrected: Any
    counts: Any


@dataclass(slots=True)
class _Part:
    """A day of a grade, by person."""

    day: date
    row: int
    members: Any
    columns: tuple[Any, Any, Any, Any]


@dataclass(slots=True)
class _Found:
    """What was read of a book."""

    id: int
    members: Sequence[int]
    grades: Sequence[str]
    by_grade: bool
    bound: int
    postings: int
    amounts: dict[int, Sequence[int]] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)


class Figures:
    """What the members of one book were due, received and are owed, over a period."""

    def __init__(self, found: _Found, period: Period, grade: str) -> None:
        self.book_id = found.id
        self.period = period
        self.by_grade = found.by_grade and len(found.grades) > 1
        self.grades = tuple(found.grades) if self.by_grade else ()
        self.bound = found.bound
        self._rows = [found.grades.index(grade)] if grade and grade in self.grades else None
        self._parts = found.parts
        now = set(found.members)
        within = [one.members for one in found.parts]
        self.members = np.unique(np.concatenate([np.array(sorted(now), np.int64), *within]))
        self.present = np.isin(self.members, np.array(sorted(now), np.int64))
        self._now = np.zeros((max(len(found.grades), 1), self.members.size), np.int64)
        where = np.searchsorted(self.members, np.array(found.members, np.int64))
        for row, amounts in found.amounts.items():
            self._now[row, where] = amounts

    @property
    def is_of_one_grade(self) -> bool:
        """Whether one grade was asked for."""
        return self._rows is not None

    @cached_property
    def sums(self) -> Sums:
        """Of the period, over the grades asked for."""
        return self._sum(self._rows)

    def sums_of(self, grade: str) -> Sums:
        """Of the period, in one grade."""
        return self._sum([self.grades.index(grade)])

    @cached_property
    def owed(self) -> Any:
        """Balances at the end of the period, over the grades asked for."""
        return self.balances[-1]

    def owed_of(self, grade: str) -> Any:
        """Balances at the end of the period, in one grade."""
        return self._balances([self.grades.index(grade)])[-1]

    @cached_property
    def balances(self) -> Any:
        """Balances at the end of each day of the period: days × members."""
        return self._balances(self._rows)

    def _balances(self, rows: Collection[int] | None) -> Any:
        days = {day: number for number, day in enumerate(self.period.days())}
        moved = np.zeros((len(days) + 1, self.members.size), np.int64)  # the last: afterwards
        for one in self._wanted(rows):
            due, received, corrected, _ = one.columns
            number = days.get(one.day, len(days) if one.day > self.period.last else None)
            if number is not None:
                moved[number, self._where(one)] += due - received + corrected
        now = self._now.sum(axis=0) if rows is None else self._now[list(rows)].sum(axis=0)
        later = np.cumsum(moved[::-1], axis=0)[::-1]  # moves of this day and all after it
        return now - later[1:]

    @cached_property
    def taken(self) -> Any:
        """Received less corrections: what counts for evenness."""
        return self.sums.received - self.sums.corrected

    @property
    def jain(self) -> int | None:
        """Jain's index of the period, in thousandths."""
        return jain(self.sums.due, self.taken)

    @property
    def deviation(self) -> tuple[int, int | None]:
        """The largest distance from even at the end of the period, and whose it is."""
        amount, place = largest(self.owed)
        return amount, None if place is None or not amount else int(self.members[place])

    def by_day(self) -> list["Day"]:
        """The period day by day."""
        days = list(self.period.days())
        numbers = {day: number for number, day in enumerate(days)}
        sums = np.zeros((4, len(days), self.members.size), np.int64)
        for one in self._wanted(self._rows):
            if one.day in numbers:
                sums[:, numbers[one.day], self._where(one)] += one.columns
        upto = np.cumsum(sums, axis=1)
        taken = upto[1] - upto[2]
        return [
            Day(
                day,
                int(sums[0, number].sum()),
                int(sums[1, number].sum()),
                int(sums[3, number].sum()),
                int(max(self.balances[number].max(initial=0), 0)),
                int(max(-self.balances[number].min(initial=0), 0)),
                jain(upto[0, number], taken[number]),
                int(sums[2, number].sum()),
            )
            for number, day in enumerate(days)
        ]

    def _sum(self, rows: Collection[int] | None) -> Sums:
        sums = np.zeros((4, self.members.size), np.int64)
        for one in self._wanted(rows):
            if self.period.first <= one.day <= self.period.last:
                sums[:, self._where(one)] += one.columns
        return Sums(*sums)

    def _wanted(self, rows: Collection[int] | None) -> Iterable[_Part]:
        return (one for one in self._parts if rows is None or one.row in rows)

    def _where(self, part: _Part) -> Any:
        return np.searchsorted(self.members, part.members)


class Day(NamedTuple):
    """A day of a group: sums of the day, and how things stood at its end."""

    day: date
    due: int
    received: int
    items: int
    most_owed: int
    most_ahead: int
    jain: int | None  # from the beginning of the period to this day
    corrected: int

    @property
    def owed(self) -> int:
        """Of one person alone: what he was owed (or ahead, below zero)."""
        return self.most_owed - self.most_ahead


def figures_of(
    book_ids: Collection[int],
    period: Period,
    *,
    zone: str,
    grade: str = "",
    member: int | None = None,
) -> dict[int, Figures]:
    """Figures of these books, by id; of one `member`, or of all. Three queries."""
    counted, parts = _counted(book_ids, period, member)
    found = _books(book_ids)
    if member is not None:
        for one in found.values():
            _keep_one(one, member)
    portions = [Portion(id, counted.get(id, 0), one.postings) for id, one in found.items()]
    live = moves_of(portions, zone=zone, member=member)
    for part_of, part in [*parts, *_parts_of(live, period)]:
        if part_of in found:
            found[part_of].parts.append(part)
    return {id: Figures(one, period, grade) for id, one in found.items()}


def _keep_one(found: _Found, member: int) -> None:
    places = [place for place, one in enumerate(found.members) if one == member]
    found.members = [found.members[place] for place in places]
    for row, amounts in found.amounts.items():
        found.amounts[row] = [amounts[place] for place in places]


def _counted(
    book_ids: Collection[int], period: Period, member: int | None
) -> tuple[dict[int, int], list[tuple[int, _Part]]]:
    """How far each book is counted, and its days from the beginning of the period on."""
    columns = ("members", "due", "received", "corrected", "counts")
    texts = ", ".join(
        f"array_to_string(d.{name}, ' ')"
        if member is None
        # Of a thousand people's numbers only his are written out: none where he has none.
        else f"coalesce(d.{name}[array_position(d.members, {member:d})]::text, '')"
        for name in columns
    )
    with connection.cursor() as cursor:
        # One statement: days and number are of the same moment.
        cursor.execute(
            f"SELECT c.book_id, c.number, d.day, d.row, {texts} FROM fairness_counted AS c"
            " LEFT JOIN fairness_day AS d ON d.book_id = c.book_id AND d.day >= %s"
            " WHERE c.book_id = ANY(%s)",
            [period.first, sorted(book_ids)],
        )
        rows = cursor.fetchall()
    known: dict[str, Any] = {}  # most days have the same members
    parts = []
    for book_id, _, day, row, members, *texts_of in rows:
        if day is not None:
            if members not in known:
                known[members] = _numbers(members)
            due, received, corrected, counts = map(_numbers, texts_of)
            parts.append(
                (book_id, _Part(day, row, known[members], (due, received, corrected, counts)))
            )
    return {row[0]: row[1] for row in rows}, parts


def _numbers(text: str) -> Any:
    return np.fromstring(text, np.int64, sep=" ")


def _books(book_ids: Collection[int]) -> dict[int, _Found]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id, b.members, b.grades, b.by_grade, b.ever, b.largest_points,"
            " b.largest_slack, b.shift, b.postings, x.row, x.amounts FROM book AS b"
            " LEFT JOIN balance AS x ON x.book_id = b.id WHERE b.id = ANY(%s) ORDER BY b.id",
            [sorted(book_ids)],
        )
        rows = cursor.fetchall()
    found: dict[int, _Found] = {}
    for id_, members, grades, by_grade, ever, points, slack, shift, postings, row, amounts in rows:
        bound = balance_bound(
            people_ever=len(ever), largest_points=points, slack=slack, shift=shift
        )
        one = found.setdefault(id_, _Found(id_, members, grades, by_grade, bound, postings))
        if row is not None:
            one.amounts[row] = amounts
    return found


def _parts_of(moves: Sequence[Move], period: Period) -> list[tuple[int, _Part]]:
    groups: dict[tuple[int, date, int], list[Move]] = {}
    for one in moves:
        if one.day >= period.first:
            groups.setdefault((one.book, one.day, one.row), []).append(one)
    return [(book, _Part(day, row, *_columns(rows))) for (book, day, row), rows in groups.items()]


def _columns(rows: Sequence[Move]) -> tuple[Any, tuple[Any, Any, Any, Any]]:
    table = np.array(
        [(one.member, one.due, one.received, one.corrected, one.items) for one in rows], np.int64
    ).T
    return table[0], (table[1], table[2], table[3], table[4])
