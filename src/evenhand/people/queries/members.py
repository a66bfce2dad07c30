"""The list of members: filters, search by name or pinyin, order."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from evenhand.people.access import visible_people, visible_teams
from evenhand.people.actor import Actor
from evenhand.people.models import Leave, LinkKind, OneTimeLink, Rep, User

# How the list can be ordered; the name and the id make every order whole.
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name_key",),
    "team": ("team__name", "name_key"),
    "role": ("role", "name_key"),
    "level": ("rep__level", "name_key"),
    "weight": ("rep__weight", "name_key"),
    "joined": ("rep__joined_on", "name_key"),
}
STATES = ("active", "away", "off", "invited", "inactive")
_INITIALS = re.compile(r"[a-z]{2,8}")


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What the list is narrowed to; "" and None = not at all."""

    q: str = ""
    team_id: int | None = None  # with the teams below
    role: str = ""
    level: str = ""
    state: str = ""


def members(
    actor: Actor, wanted: MemberFilter, now: datetime, *, order: str = "name"
) -> QuerySet[User]:
    """People within reach. Rows know `is_invited` and `is_away`, and their team and rep."""
    rows = visible_people(actor).select_related("team", "rep").annotate(**_signs(now))
    if wanted.q:
        rows = _search(rows, wanted.q)
    if wanted.team_id is not None:
        below = visible_teams(actor).filter(path__contains=[wanted.team_id])
        rows = rows.filter(team_id__in=below.values("pk"))
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    if wanted.level:
        rows = rows.filter(rep__level=wanted.level)
    return _ordered(_in_state(rows, wanted.state), order)


def levels_within(actor: Actor) -> list[str]:
    """The levels that people within reach have."""
    found = Rep.objects.filter(user__in=visible_people(actor)).exclude(level="")
    return list(found.order_by("level").values_list("level", flat=True).distinct())


def _signs(now: datetime) -> dict[str, Any]:
    away = Leave.objects.filter(
        rep=OuterRef("pk"), canceled_at=None, from_at__lte=now, until_at__gt=now
    )
    asked = OneTimeLink.objects.filter(user=OuterRef("pk"), kind=LinkKind.INVITE, used_at=None)
    return {"is_away": Exists(away), "has_link": Exists(asked)}


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "inactive":
        return rows.filter(is_active=False)
    here = rows.filter(is_active=True)
    if state == "away":
        return here.filter(is_away=True)
    if state == "off":
        return here.filter(rep__is_active=True, rep__is_accepting=False)
    if state == "invited":
        # Django writes a password that nobody can type with this sign in front.
        return here.filter(has_link=True, password__startswith="!")
    return here if state == "active" else rows


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By a part of the name, of the mail address, of its pinyin, or by its initials."""
    q = " ".join(text.split())
    letters = q.replace(" ", "").lower()
    found = Q(name__icontains=q) | Q(email__icontains=q)
    if letters.isascii():
        rows = rows.alias(sound=Replace("name_key", Value(" "), Value("")))
        found |= Q(sound__contains=letters)
    if _INITIALS.fullmatch(letters):
        found |= Q(name_key__regex=rf"(^| ){'[^ ]* '.join(letters)}")
    return rows.filter(found)


def _ordered(rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    is_down, key = order.startswith("-"), order.removeprefix("-")
    columns = ORDERS.get(key, ORDERS["name"])
    first = f"-{columns[0]}" if is_down else columns[0]
    return rows.order_by(first, *columns[1:], "pk")
