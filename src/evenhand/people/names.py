"""What people are called, and whom one may give work to."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from evenhand.people.actor import Actor
from evenhand.people.models import Rep, User
from evenhand.people.scope import sees_everybody
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of


def user_names(ids: Collection[Any]) -> dict[int, str]:
    """Names by user id, as people write them themselves; what is no known id is left out."""
    known = sorted({one for one in ids if isinstance(one, int)})
    return dict(send(_NAMES, [array_of(known, "bigint")]).rows()) if known else {}


_NAMES = "SELECT id, name FROM person WHERE id = ANY(%s::bigint[])"


def everybody() -> list[tuple[int, str]]:
    """Id and name of all who are or were members, as a Chinese reader expects them sorted."""
    return list(User.objects.order_by("name_key", "pk").values_list("pk", "name"))


def names_in_order(ids: Collection[int]) -> list[tuple[int, str]]:
    """Id and name of these people, as a Chinese reader expects them sorted."""
    found = User.objects.filter(pk__in=ids).order_by("name_key", "pk")
    return list(found.values_list("pk", "name"))


def people_in(roles: Collection[str]) -> list[tuple[int, str]]:
    """Id and name of active people who have one of these roles, sorted as above."""
    found = User.objects.filter(role__in=roles, is_active=True).order_by("name_key", "pk")
    return list(found.values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """A rep to choose from a list."""

    id: int
    name: str
    team: str


def reps_within(actor: Actor) -> list[Colleague]:
    """Active reps in the actor's data scope, as a Chinese reader expects them sorted."""
    rows = Rep.objects.filter(is_active=True, user__is_active=True).select_related("user__team")
    if not sees_everybody(actor):
        rows = rows.filter(user__team_id__in=sorted(actor.teams))
    return [
        Colleague(row.pk, row.user.name, row.user.team.name if row.user.team else "")
        for row in rows.order_by("user__name_key", "pk")
    ]
