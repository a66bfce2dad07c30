"""The list of those who receive items, as programs read it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenhand.people.access import visible_people, visible_teams
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand


@dataclass(frozen=True, slots=True)
class RepFilter:
    """What the list is narrowed to; "" and None = not at all."""

    q: str = ""  # part of the name, or of how it is spelled in pinyin
    team_id: int | None = None  # with the teams below
    level: str = ""
    is_active: bool | None = None


def reps(actor: Actor, wanted: RepFilter) -> QuerySet[Rep]:
    """Those who receive items within reach, with user and team, without an order.

    :raises NotAllowed: the actor may not see people.
    """
    demand(actor, Right.SEE_PEOPLE)
    people = visible_people(actor)
    if wanted.q:
        named = Q(name__icontains=wanted.q) | Q(name_key__icontains=wanted.q)
        people = people.filter(named)
    if wanted.team_id is not None:
        below = visible_teams(actor).filter(path__contains=[wanted.team_id])
        people = people.filter(team_id__in=below.values("pk"))
    rows = Rep.objects.filter(user__in=people).select_related("user__team")
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.is_active is not None:
        works = rows.filter(is_active=True, user__is_active=True)
        rows = works if wanted.is_active else rows.exclude(pk__in=works.values("pk"))
    return rows
