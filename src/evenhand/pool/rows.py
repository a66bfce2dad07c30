"""The rows behind every figure of the pools: which items, when, from whom, to whom.

An item is named where the reader reaches it, else it stands by its number.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.pool.flow import AGE_DAYS, CAME_BY, IN_POOLS, LEFT_BY, TAKEN, WON, Watched, keys_of
from evenhand.pool.habits import CONTACTED, HOARDED, RECLAIMED, contacted_params, names_within

WHAT = ("came", "left", "lies", "revived", "claims", "gave_up", "reclaimed", "hoarded", "contacts")
MOST = 1_000  # of one figure; narrower filters reach the others
_FOR_EVER = 10**12  # seconds


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


# item, pool, entered, how, why, giver, left, left by, taker, points, price
_STAY = f"""
s.item_kind, s.item_id, s.pool, s.entered_at, {CAME_BY}, s.why, s.from_rep_id, s.left_at,
CASE WHEN s.left_at IS NULL THEN '' ELSE {LEFT_BY} END,
s.taken_by_id, s.points, s.price
"""
_PERIOD = {"came": "entered_at", "gave_up": "entered_at"}


def rows(
    actor: Actor,
    pools: Sequence[Watched],
    since: datetime,
    until: datetime,
    now: datetime,
    wanted: Wanted,
) -> list[Row]:
    """The latest `MOST` rows of a figure."""
    sql, params = _statement(pools, since, until, now, wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {MOST}", params)
        found = cursor.fetchall()
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
    of_stays = f"SELECT {_STAY} FROM pool_stay s WHERE {IN_POOLS}"
    if wanted.what == "lies":
        low, high = _ages(wanted.age)
        return (
            f"{of_stays} AND s.left_at IS NULL AND extract(epoch FROM %s - s.entered_at) >= %s"
            " AND extract(epoch FROM %s - s.entered_at) < %s ORDER BY s.entered_at",
            [*keys, now, low, now, high],
        )
    if wanted.what == "hoarded":
        return (
            f"SELECT {_STAY} {HOARDED} AND (%s = 0 OR a.rep_id = %s) ORDER BY s.left_at",
            [*keys, now, wanted.rep, wanted.rep],
        )
    if wanted.what == "contacts":
        return (
            "SELECT item_kind, item_id, '', at, '', '', NULL::bigint, NULL::timestamptz, '',"
            f" NULL::bigint, people, NULL::bigint FROM ({CONTACTED}) f ORDER BY at DESC",
            contacted_params(pools, since, until),
        )
    column = _PERIOD.get(wanted.what, "left_at")
    by = "from_rep_id" if column == "entered_at" else "taken_by_id"
    within = f"{of_stays} AND s.{column} >= %s AND s.{column} < %s AND (%s = 0 OR s.{by} = %s)"
    params: list[Any] = [*keys, since, until, wanted.rep, wanted.rep]
    more = {
        "came": f"(%s = '' OR {CAME_BY} = %s)",
        "left": f"(%s = '' OR {LEFT_BY} = %s)",
        "revived": f"{TAKEN} AND (%s = '' OR s.how = %s) AND EXISTS ({WON})",
        "claims": "s.left_by = 'claim' AND (%s = '' OR s.how = %s)",
        "gave_up": "s.how IN ('return', 'recycle') AND (%s = '' OR s.how = %s)",
        "reclaimed": f"(%s = '' OR s.how = %s) AND {RECLAIMED}",
    }[wanted.what]
    return f"{within} AND {more} ORDER BY s.{column} DESC", [*params, wanted.how, wanted.how]


def _ages(band: int | None) -> tuple[float, float]:
    """Seconds from and below of a band of ages; all of them without one."""
    ends = [0, *(days * 86_400 for days in AGE_DAYS), _FOR_EVER]
    if band is None or not 0 <= band < len(ends) - 1:
        return 0, _FOR_EVER
    return ends[band], ends[band + 1]


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
