"""The rows behind every figure of the pools: which items, when, from whom, to whom.

An item is named where the reader reaches it, else it stands by its number.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.pool.flow import AGE_DAYS, CAME_BY, LEFT_BY, TAKEN, WON, Watched, keys_of
from evenhand.pool.habits import HOARDED, MOST, RECLAIMED, Contacted, names_within

WHAT = ("came", "left", "lies", "revived", "claims", "gave_up", "reclaimed", "hoarded", "contacts")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a figure, one person's (0 = everybody's), one way in or out, one age."""

    what: str
    rep: int = 0
    how: str = ""
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An item and its stay; people by name where the reader may see them. Micro-points."""

    kind: str
    item_id: int
    name: str  # "" = out of reach
    is_pooled: bool
    pool: str
    at: datetime | None
    how: str
    why: str
    giver: str
    until: datetime | None
    left_by: str
    taker: str
    points: int
    price: int | None


# kind, item, pool, entered, how, why, giver, left, left by, taker, points, price
Found = tuple[Any, ...]
_STAY = f"""
s.item_kind, s.item_id, s.pool, s.entered_at, {CAME_BY}, s.why, s.from_rep_id, s.left_at,
CASE WHEN s.left_at IS NULL THEN '' ELSE {LEFT_BY} END,
s.taken_by_id, s.points, s.price
"""
_PERIOD = {"came": "entered_at", "gave_up": "entered_at"}


def find(
    pools: Sequence[Watched], since: datetime, until: datetime, now: datetime, wanted: Wanted
) -> list[Found]:
    """The latest `MOST` rows of a figure; those of `contacts` are `as_found`."""
    sql, params = _statement(pools, since, until, now, wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {MOST}", params)
        return list(cursor.fetchall())


def as_found(several: Sequence[Contacted]) -> list[Found]:
    """Items that several people contacted, as rows: when last, and `points` is by how many."""
    return [
        (one.kind, one.item_id, "", one.at, "", "", None, None, "", None, one.people, None)
        for one in several
    ]


def rows(actor: Actor, pools: Sequence[Watched], found: Sequence[Found]) -> list[Row]:
    """Some of the rows that were found (those of a page), with the names that the actor may see."""
    people = names_within(actor, {one for row in found for one in (row[6], row[9]) if one})
    items = _reached(actor, pools, found)
    return [
        Row(
            kind, item_id, *items.get((kind, item_id), ("", False)), pool, at, how, why,
            people.get(giver, ""), left, left_by, people.get(taker, ""), points, price,
        )
        for kind, item_id, pool, at, how, why, giver, left, left_by, taker, points, price in found
    ]  # fmt: skip


def _statement(
    pools: Sequence[Watched], since: datetime, until: datetime, now: datetime, wanted: Wanted
) -> tuple[str, list[Any]]:
    keys = keys_of(pools)
    if wanted.what == "lies":
        low, high = _ages(wanted.age)
        oldest = "" if high is None else "AND s.entered_at > %s"
        ends = [now - low] if high is None else [now - low, now - high]
        where = f"s.left_at IS NULL AND s.entered_at <= %s {oldest}"
        return _of_each_pool(where, "entered_at"), [*keys, *ends]
    if wanted.what == "hoarded":
        return (
            f"SELECT {_STAY} {HOARDED} AND (%s = 0 OR a.rep_id = %s) ORDER BY s.left_at",
            [*keys, now, now, wanted.rep, wanted.rep],
        )
    column = _PERIOD.get(wanted.what, "left_at")
    by = "from_rep_id" if column == "entered_at" else "taken_by_id"
    within = f"s.{column} >= %s AND s.{column} < %s AND (%s = 0 OR s.{by} = %s)"
    params: list[Any] = [*keys, since, until, wanted.rep, wanted.rep]
    more = {
        "came": f"(%s = '' OR {CAME_BY} = %s)",
        "left": f"(%s = '' OR {LEFT_BY} = %s)",
        "revived": f"{TAKEN} AND (%s = '' OR s.how = %s) AND EXISTS ({WON})",
        "claims": "s.left_by = 'claim' AND (%s = '' OR s.how = %s)",
        "gave_up": "s.how IN ('return', 'recycle') AND (%s = '' OR s.how = %s)",
        "reclaimed": f"(%s = '' OR s.how = %s) AND {RECLAIMED}",
    }[wanted.what]
    return (
        _of_each_pool(f"{within} AND {more}", f"{column} DESC"),
        [*params, wanted.how, wanted.how],
    )


def _of_each_pool(where: str, order: str) -> str:
    """The first of each pool in an order that its index has, and of these the first."""
    return f"""
SELECT r.* FROM unnest(%s::bigint[], %s::text[]) AS p(line_id, name) CROSS JOIN LATERAL (
    SELECT {_STAY} FROM pool_stay s WHERE s.line_id = p.line_id AND s.pool = p.name AND {where}
    ORDER BY s.{order} LIMIT {MOST}
) AS r ORDER BY r.{order}
"""


def _ages(band: int | None) -> tuple[timedelta, timedelta | None]:
    """From which and below which age a band goes (None = without end); all ages without one."""
    starts = [timedelta(), *(timedelta(days=days) for days in AGE_DAYS)]
    if band is None or not 0 <= band < len(starts):
        return timedelta(), None
    return starts[band], dict(enumerate(starts)).get(band + 1)


def _reached(
    actor: Actor, pools: Sequence[Watched], found: Sequence[Sequence[object]]
) -> dict[tuple[str, int], tuple[str, bool]]:
    """Names of the items that the reader reaches, and whether each lies in a pool now."""
    wanted: dict[str, set[object]] = defaultdict(set)
    for row in found:
        wanted[str(row[0])].add(row[1])
    reached: dict[tuple[str, int], tuple[str, bool]] = {}
    for kind, ids in wanted.items():
        if kind not in MODELS:
            continue
        for pk, name in visible(actor, kind).filter(pk__in=ids).values_list("pk", "name"):
            reached[kind, pk] = (name, False)
        pooled = MODELS[kind]._default_manager.filter(pk__in=ids, state=State.POOLED)
        keys = {one.key for one in pools}
        for pk, line, pool in pooled.values_list("pk", "line_id", "pool"):
            if (line, pool) in keys:
                reached[kind, pk] = (reached.get((kind, pk), ("", False))[0], True)
    return reached
