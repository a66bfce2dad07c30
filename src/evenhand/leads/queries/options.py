"""What the filters of a list offer to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Team
from evenhand.people.scope import sees_everybody
from evenhand.policies.models import Line

# Values come from the newest rows: looking through a million for a rare one is not worth it.
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a filter, within reach."""

    owners: list[tuple[int, str]]
    teams: list[tuple[int, str]]
    lines: list[tuple[int, str]]
    values: dict[str, list[str]]  # column → values in use


def options_for(actor: Actor, kind: str = ItemKind.LEAD) -> Options:
    """The choices for lists of a kind; four queries, three where the kind is "": no values."""
    teams = Team.objects.filter(is_active=True)
    if not sees_everybody(actor):
        teams = teams.filter(pk__in=sorted(actor.teams))
    return Options(
        owners_for(actor),
        list(teams.order_by("path").values_list("pk", "name")),
        list(Line.objects.filter(is_active=True).order_by("pk").values_list("pk", "name")),
        _values(actor, kind) if kind else {},
    )


def owners_for(actor: Actor) -> list[tuple[int, str]]:
    """The reps whose items somebody sees, by name; who left is not among them."""
    reps = Rep.objects.filter(user__is_active=True)
    if not sees_everybody(actor):
        reps = reps.filter(pk__in=sorted(actor.reps | {actor.user_id or 0}))
    return list(reps.order_by("user__name_key", "pk").values_list("pk", "user__name"))


_COLUMNS: dict[str, tuple[str, ...]] = {
    ItemKind.LEAD: ("source", "region", "industry", "grade"),
    ItemKind.ACCOUNT: ("region", "industry", "grade"),
    ItemKind.OPPORTUNITY: ("grade",),
}


def _values(actor: Actor, kind: str) -> dict[str, list[str]]:
    return values_in(visible(actor, kind), _COLUMNS[kind])


def values_in(rows: QuerySet[Any], columns: Sequence[str]) -> dict[str, list[str]]:
    """The values that occur in the newest of these rows, by column; one query."""
    if not columns:
        return {}
    newest = rows.order_by("-id")[:LOOKED_AT].values("pk")
    told = (
        rows.filter(pk__in=newest)
        .order_by()
        .aggregate(
            **{name: ArrayAgg(name, distinct=True, filter=~Q(**{name: ""})) for name in columns}
        )
    )
    return {f"{name}": sorted(told[name] or []) for name in columns}
