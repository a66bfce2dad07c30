"""Acts by hand (人工干预) by person and reason: counts that everybody who sees decisions sees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from evenhand.fairness.periods import Period
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.names import user_names
from evenhand.people.scope import Right, demand
from evenhand.routing.act_reasons import REASONS
from evenhand.routing.operations.acts import OVERRIDES
from evenhand.routing.queries import overrides_limit

Cell = tuple[str, str]  # act, reason


@dataclass(frozen=True, slots=True)
class Row:
    """What one person did by hand over a period."""

    user_id: int
    name: str
    cells: Mapping[Cell, int]
    total: int
    most_a_day: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Person × reason, and the trend by day."""

    columns: Sequence[Cell]  # every reason there is, and what is no longer on the list
    rows: Sequence[Row]  # the most first
    totals: Mapping[Cell, int]
    by_day: Sequence[tuple[date, Mapping[str, int]]]  # per act, every day of the period
    limit: int | None  # a day and manager

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.totals.values())


def overrides(actor: Actor, period: Period) -> Matrix:
    """Who assigned and transferred by hand, how often and why. Two queries and the limit.

    :raises NotAllowed: the actor may not see decisions about others.
    """
    demand(actor, Right.SEE_DECISIONS)
    found = _counted(period)
    people: dict[int, Counter[Cell]] = {}
    totals: Counter[Cell] = Counter()
    by_day: dict[date, Counter[str]] = {day: Counter() for day in period.days()}
    per_day: Counter[tuple[int, date]] = Counter()
    for user_id, act, reason, day, count in found:
        people.setdefault(user_id, Counter())[act, reason] += count
        totals[act, reason] += count
        by_day[day][act] += count
        per_day[user_id, day] += count
    names = user_names(people.keys())
    rows = [
        Row(
            who,
            names.get(who, ""),
            cells,
            sum(cells.values()),
            max(count for (one, _), count in per_day.items() if one == who),
        )
        for who, cells in people.items()
    ]
    rows.sort(key=lambda one: (-one.total, one.name, one.user_id))
    listed = [(act, reason) for act in OVERRIDES for reason in REASONS[act]]
    columns = [*listed, *sorted(totals.keys() - set(listed))]
    return Matrix(columns, rows, totals, sorted(by_day.items()), overrides_limit())


def _counted(period: Period) -> list[tuple[int, str, str, date, int]]:
    zone = company_zone()
    since, until = whole_days(period.first, period.last, zone)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, act, reason, (at AT TIME ZONE %s)::date AS day, count(*)"
            " FROM receipt WHERE actor_id IS NOT NULL AND act = ANY(%s) AND at >= %s AND at < %s"
            " AND item_kind <> 'task'"
            " GROUP BY actor_id, act, reason, day ORDER BY actor_id, day",
            [zone.key, list(OVERRIDES), since, until],
        )
        return [tuple(row) for row in cursor.fetchall()]
