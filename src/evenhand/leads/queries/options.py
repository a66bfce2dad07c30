"""What the filters of a list offer to choose from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS, is_one_reach, reach_in_sql, visible
from evenhand.people.actor import Actor
from evenhand.people.organization import organization
from evenhand.people.scope import sees_everybody
from evenhand.platform import clock
from evenhand.platform.looking import is_looking
from evenhand.platform.prepared import send
from evenhand.platform.remembered import Remembered
from evenhand.platform.rows import array_of

# Values come from the newest rows: looking through a million for a rare one is not worth it.
LOOKED_AT = 5_000
# By kind and reach: to find them takes longer than the page of a list does.
VALUES: Remembered[dict[str, list[str]]] = Remembered(lasts=timedelta(minutes=5), most=2_048)
# By who is seen, and the latest change of people.
PEOPLE: Remembered[list[Any]] = Remembered(lasts=timedelta(hours=1), most=2_048)


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a filter, within reach; `values` may be some minutes old."""

    owners: list[tuple[int, str]]
    teams: list[tuple[int, str]]
    lines: list[tuple[int, str]]
    values: dict[str, list[str]]  # column → values in use


def options_for(actor: Actor, kind: str = ItemKind.LEAD) -> Options:
    """The choices for lists of a kind: four queries at most, and no values for the kind ""."""
    return Options(
        owners_for(actor),
        _teams_for(actor),
        send("SELECT id, name FROM line WHERE is_active ORDER BY id").rows(),
        _values(actor, kind) if kind else {},
    )


def owners_for(actor: Actor) -> list[tuple[int, str]]:
    """The reps whose items somebody sees, by name; who left is not among them."""
    if sees_everybody(actor):
        return list(_of_people("owners", "all", lambda: send(_OWNERS.format(whose="")).rows()))
    seen = array_of(sorted(actor.reps | {actor.user_id or 0}), "bigint")
    whose = "AND r.user_id = ANY(%s::bigint[])"
    return list(
        _of_people("owners", seen, lambda: send(_OWNERS.format(whose=whose), [seen]).rows())
    )


def _teams_for(actor: Actor) -> list[tuple[int, str]]:
    seen = None if sees_everybody(actor) else array_of(sorted(actor.teams), "bigint")
    if seen is not None and not actor.teams:
        return []
    return list(_of_people("teams", seen or "all", lambda: send(_TEAMS, [seen]).rows()))


def _of_people(what: str, seen: str, ask: Callable[[], list[Any]]) -> Sequence[Any]:
    """What follows from people alone, and whom of them somebody sees: on a page that only looks,
    which knows the latest change of people, it is remembered until the next one."""
    company = organization() if is_looking() else None
    if company is None:
        return ask()
    return PEOPLE.get((what, seen, company.people_revision), ask, now=clock.now())


_TEAMS = """
SELECT t.id, t.name FROM (SELECT %s::bigint[] AS ids) AS seen, team AS t
WHERE t.is_active AND (seen.ids IS NULL OR t.id = ANY(seen.ids)) ORDER BY t.path
"""
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
    reach, whose = reach_in_sql(actor, MODELS[kind]._meta.db_table)
    # Whose reach changed asks another question: nobody is offered what he does not see any more.
    asked = kind, reach, tuple(whose)
    return VALUES.get(asked, lambda: _found(actor, kind, reach, whose), now=clock.now())


def _found(actor: Actor, kind: str, reach: str, whose: list[str]) -> dict[str, list[str]]:
    table = MODELS[kind]._meta.db_table
    if not is_one_reach(reach):
        return values_in(visible(actor, kind), _COLUMNS[kind])
    columns = _COLUMNS[kind]
    newest = f"SELECT {', '.join(columns)} FROM {table} WHERE {reach} ORDER BY id DESC"
    return _by_column(columns, send(_spread(f"{newest} LIMIT {LOOKED_AT}", columns), whose).rows())


def values_in(rows: QuerySet[Any], columns: Sequence[str]) -> dict[str, list[str]]:
    """The values that occur in the newest of these rows, by column; one query."""
    if not columns:
        return {}
    try:
        newest, values = rows.order_by("-id").values(*columns)[:LOOKED_AT].query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet is not even asked
        return {name: [] for name in columns}
    with connection.cursor() as cursor:
        cursor.execute(_spread(newest, columns), values)
        return _by_column(columns, cursor.fetchall())


def _spread(newest: str, columns: Sequence[str]) -> str:
    """Name and value of each value that is not empty, once."""
    pairs = ", ".join(f"('{name}', newest.{name})" for name in columns)
    return (
        # Few combinations occur: what is spread out is small.
        "SELECT DISTINCT one.name, one.value FROM"
        f" (SELECT DISTINCT {', '.join(columns)} FROM ({newest}) AS newest) AS newest,"
        f" LATERAL (VALUES {pairs}) AS one(name, value) WHERE one.value <> ''"
    )


def _by_column(columns: Sequence[str], told: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in columns}
    for name, value in told:
        found[name].append(value)
    return {name: sorted(values) for name, values in found.items()}
