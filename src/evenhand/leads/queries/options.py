"""What the filters of a list offer to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.people.actor import Actor
from evenhand.people.models import Team
from evenhand.people.scope import sees_everybody
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of

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
        send("SELECT id, name FROM line WHERE is_active ORDER BY id").rows(),
        _values(actor, kind) if kind else {},
    )


def owners_for(actor: Actor) -> list[tuple[int, str]]:
    """The reps whose items somebody sees, by name; who left is not among them."""
    if sees_everybody(actor):
        return send(_OWNERS.format(whose="")).rows()
    seen = array_of(sorted(actor.reps | {actor.user_id or 0}), "bigint")
    return send(_OWNERS.format(whose="AND r.user_id = ANY(%s::bigint[])"), [seen]).rows()


_OWNERS = """
SELECT r.user_id, p.name FROM rep AS r JOIN person AS p ON p.id = r.user_id
WHERE p.is_active {whose} ORDER BY p.name_key, r.user_id
"""


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
    found: dict[str, list[str]] = {name: [] for name in columns}
    try:
        newest, values = rows.order_by("-id").values(*columns)[:LOOKED_AT].query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet is not even asked
        return found
    pairs = ", ".join(f"('{name}', newest.{name})" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            # Few combinations occur: what is spread out is small.
            "SELECT DISTINCT one.name, one.value FROM"
            f" (SELECT DISTINCT {', '.join(columns)} FROM ({newest}) AS newest) AS newest,"
            f" LATERAL (VALUES {pairs}) AS one(name, value) WHERE one.value <> ''",
            values,
        )
        for name, value in cursor.fetchall():
            found[name].append(value)
    return {name: sorted(told) for name, told in found.items()}
