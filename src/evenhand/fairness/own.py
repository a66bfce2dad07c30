"""应得与实得 of one person: his groups, his figures in them, and every posting that touched him.

Himself without any right; a colleague's for whoever may see decisions about others, within reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evenhand.fairness.figures import Day, Figures, Sums, figures_of
from evenhand.fairness.groups import Group, group_of
from evenhand.fairness.periods import Period
from evenhand.fairness.postings import Entry, entries_in
from evenhand.fairness.queries import Amounts
from evenhand.fairness.running import balance_after
from evenhand.ledger.models import Book
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound

_NOTHING = Amounts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """One grade of a group."""

    grade: str
    total: Amounts
    owed: int


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group as it is for one person over a period; micro-points."""

    group: Group
    is_member: bool  # still
    total: Amounts
    owed: int  # at the end of the period
    grades: tuple[OwnGrade, ...]  # () where grades are not kept apart
    figures: Figures

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened and nothing is owed."""
        return self.total == _NOTHING and not self.owed

    def by_day(self) -> list[Day]:
        """Day by day: sums, and what was owed or ahead at the end of each."""
        return self.figures.by_day()


@dataclass(frozen=True, slots=True)
class Line:
    """A posting, and what he was owed right after it."""

    entry: Entry
    owed: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Postings, newest first; `older` is where to go on, None at the end."""

    rows: Sequence[Line]
    older: int | None


def whose_share(actor: Actor, rep_id: int | None = None) -> User:
    """Whose page it is: his own, or that of `rep_id`.

    :raises NotAllowed: he receives nothing himself, or may not see decisions about others.
    :raises NotFound: there is no such rep within his reach.
    """
    if rep_id is None or rep_id == actor.user_id:
        if actor.is_rep and actor.user_id is not None:
            return User.objects.select_related("team").get(pk=actor.user_id)
        demand(actor, Right.SEE_DECISIONS)
        raise NotFound("person", rep_id or 0)
    demand(actor, Right.SEE_DECISIONS)
    people = visible_people(actor).filter(rep__isnull=False, pk=rep_id)
    found = people.select_related("team").first()
    if found is None:
        raise NotFound("person", rep_id)
    return found


def own_groups(user: User, period: Period, *, grade: str = "") -> list[OwnGroup]:
    """The groups that he is in, and those that he was in while something happened. Five queries.

    `user` is who `whose_share` answered.
    """
    books = (
        Book.objects.filter(line__is_active=True)
        .filter(Q(members__contains=[user.pk]) | Q(ever__contains=[user.pk]))
        .select_related("line")
    )
    found = sorted(map(group_of, books), key=lambda one: (one.line, one.name, one.kind))
    figures = figures_of(
        [one.id for one in found], period, zone=company_zone().key, grade=grade, member=user.pk
    )
    groups = [_own(one, user.pk, figures[one.id]) for one in found]
    return [one for one in groups if one.is_member or not one.is_empty]


def _own(group: Group, user_id: int, figures: Figures) -> OwnGroup:
    apart = () if figures.is_of_one_grade else figures.grades
    grades = tuple(
        OwnGrade(one, _amounts(figures.sums_of(one)), int(figures.owed_of(one).sum()))
        for one in apart
    )
    owed = int(figures.owed.sum())
    is_member = user_id in group.members
    return OwnGroup(group, is_member, _amounts(figures.sums), owed, grades, figures)


def _amounts(sums: Sums) -> Amounts:
    return Amounts(*(int(column.sum()) for column in sums))


def own_lines(
    user: User,
    group: Group,
    period: Period,
    *,
    grade: str = "",
    before: int | None = None,
    most: int = 50,
) -> Lines:
    """Every posting that touched him in a group, with the running balance."""
    found = entries_in(
        group, user.pk, period, what="any", grade=grade, before=before, most=most + 1
    )
    if not found:
        return Lines((), None)
    row = group.grades.index(grade) if grade in group.grades else -1
    owed = balance_after(group.id, user.pk, found[0].number, zone=company_zone().key, row=row)
    rows = []
    for entry in found[:most]:
        rows.append(Line(entry, owed))
        owed -= entry.change
    return Lines(rows, found[most - 1].number if len(found) > most else None)


def missed(
    user: User,
    group: Group,
    day: date | None,
    period: Period,
    *,
    before: int | None = None,
    most: int = 50,
) -> tuple[Sequence[Entry], int | None]:
    """Items of a group that went to somebody else, newest first, and where to go on."""
    days = period if day is None else Period(day, day)
    found = entries_in(group, user.pk, days, what="missed", before=before, most=most + 1)
    return found[:most], found[most - 1].number if len(found) > most else None
