"""The figures of groups as somebody may see them: people of his own by name, others summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.fairness.figures import Figures, figures_of
from evenhand.fairness.groups import Group, group_for, groups, names_within
from evenhand.fairness.models import Alarm, Target
from evenhand.fairness.periods import Period
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums of one person, or of several; micro-points, and items received."""

    due: int
    received: int
    corrected: int
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a group; `id` None: all colleagues outside the reader's reach together."""

    id: int | None
    name: str
    people: int
    is_present: bool  # still in the group
    total: Amounts
    owed: int  # at the end of the period; of several people, added up
    grades: tuple[Amounts, ...]  # aligned with the group's grades; () where one is asked for


@dataclass(frozen=True, slots=True)
class Overview:
    """A group in one line."""

    group: Group
    people: int
    count: int
    deviation: int
    bound: int
    jain: int | None
    target: Target | None
    alarm_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything about a group over a period."""

    group: Group
    period: Period
    grade: str
    figures: Figures
    rows: Sequence[Row]
    furthest: str  # who is furthest from even, "" if he may not be named
    target: Target | None
    alarm: Alarm | None


def overview(actor: Actor, period: Period, *, line_id: int | None = None) -> list[Overview]:
    """Every group within reach; raises as `groups`."""
    found = groups(actor, line_id=line_id)
    ids = [one.id for one in found]
    figures = figures_of(ids, period, zone=company_zone().key)
    targets = Target.objects.in_bulk(ids)
    alarms = dict(
        Alarm.objects.filter(book_id__in=ids, cleared_at=None).values_list("book_id", "raised_at")
    )
    return [
        Overview(
            one,
            len(one.members),
            int(figures[one.id].sums.counts.sum()),
            figures[one.id].deviation[0],
            figures[one.id].bound,
            figures[one.id].jain,
            targets.get(one.id),
            alarms.get(one.id),
        )
        for one in found
    ]


def group_page(actor: Actor, book_id: int, period: Period, *, grade: str = "") -> GroupPage:
    """One group, member by member; raises as `group_for`. An unknown grade is all grades."""
    group = group_for(actor, book_id)
    grade = grade if grade in group.grades else ""
    figures = figures_of([book_id], period, zone=company_zone().key, grade=grade)[book_id]
    names = names_within(actor, figures.members.tolist())
    return GroupPage(
        group,
        period,
        grade,
        figures,
        rows_of(figures, names),
        names.get(figures.deviation[1] or 0, ""),
        Target.objects.select_related("set_by").filter(pk=book_id).first(),
        Alarm.objects.filter(book_id=book_id, cleared_at=None).first(),
    )


def rows_of(figures: Figures, names: dict[int, str]) -> list[Row]:
    """Whoever has a name by himself, the furthest from even first, then all others together."""
    grades = () if figures.is_of_one_grade else figures.grades
    by_grade = [figures.sums_of(grade) for grade in grades]
    own: list[int] = []
    others: list[int] = []
    for place, member in enumerate(figures.members.tolist()):
        (own if member in names else others).append(place)
    rows = [
        _row(figures, by_grade, [place], member, names[member])
        for place in own
        for member in [int(figures.members[place])]
        if figures.present[place] or _has_any(figures, place)
    ]
    rows.sort(key=lambda one: (-abs(one.owed), one.name, one.id))
    shown = [p for p in others if figures.present[p] or _has_any(figures, p)]
    return [*rows, _row(figures, by_grade, shown, None, "")] if shown else rows


def _has_any(figures: Figures, place: int) -> bool:
    return any(bool(column[place]) for column in figures.sums) or bool(figures.owed[place])


def _row(
    figures: Figures, by_grade: Sequence[Any], places: list[int], id_: int | None, name: str
) -> Row:
    return Row(
        id_,
        name,
        len(places),
        bool(figures.present[places].any()),
        _amounts(figures.sums, places),
        int(figures.owed[places].sum()),
        tuple(_amounts(one, places) for one in by_grade),
    )


def _amounts(sums: Any, places: list[int]) -> Amounts:
    return Amounts(*(int(column[places].sum()) for column in sums))
