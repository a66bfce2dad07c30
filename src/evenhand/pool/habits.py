"""How people use the pools: claims, cherry-picking, hoarding, returning and reclaiming.

Figures to talk about, not verdicts. Whoever is out of the reader's reach is summed up without a
name.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.engine.pool.picking import PickIndex, Shelf, pick_indices, together
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.pool.flow import IN_POOLS, Watched, keys_of

# Whoever claims again what he gave up within so many days is counted.
RECLAIM_DAYS = 180
# Where no clock runs, an item counts as lying still after so many days without contact.
STILL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Habit:
    """One person; `rep_id` 0 = all outside the reader's reach together."""

    rep_id: int
    name: str
    claims: int = 0
    paid: int = 0  # micro-points
    gave_up: int = 0  # given back or taken away by a clock, into these pools
    reclaimed: int = 0
    hoarded: int = 0  # now
    pick: PickIndex | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who claimed what he had had before, and who gave it up in between."""

    taker_id: int
    taker: str
    giver: str
    count: int


_CLAIMS = f"""
SELECT s.taken_by_id, count(*), coalesce(sum(s.price), 0) FROM pool_stay s
WHERE {IN_POOLS} AND s.left_by = 'claim' AND s.left_at >= %s AND s.left_at < %s
    AND s.taken_by_id IS NOT NULL GROUP BY 1
"""
_GAVE_UP = f"""
SELECT s.from_rep_id, count(*) FROM pool_stay s
WHERE {IN_POOLS} AND s.entered_at >= %s AND s.entered_at < %s AND s.from_rep_id IS NOT NULL
    AND s.how IN ('return', 'recycle') GROUP BY 1
"""
# Of a stay `s` that ended in a claim: the taker had held the item not long before.
RECLAIMED = f"""
s.left_by = 'claim' AND EXISTS (
    SELECT FROM assignment a WHERE a.item_kind = s.item_kind AND a.item_id = s.item_id
        AND a.rep_id = s.taken_by_id AND a.closed_at <= s.left_at
        AND a.closed_at > s.left_at - interval '{RECLAIM_DAYS} days')
"""
_RECLAIMED = f"""
SELECT s.taken_by_id, coalesce(s.from_rep_id, 0), count(*) FROM pool_stay s
WHERE {IN_POOLS} AND s.left_at >= %s AND s.left_at < %s AND {RECLAIMED} GROUP BY 1, 2
"""
# Of an open assignment `a`: since the last contact (or the claim) half of its time has gone.
HOARDED = f"""
FROM assignment a JOIN pool_stay s ON s.id = a.stay_id
CROSS JOIN LATERAL (SELECT coalesce(max(t.at), a.opened_at) AS at FROM activity t
    WHERE t.item_kind = a.item_kind AND t.item_id = a.item_id AND t.at >= a.opened_at
        AND t.direction <> 'none') last
WHERE {IN_POOLS} AND a.closed_at IS NULL
    AND (SELECT l.stage FROM lead l WHERE a.item_kind = 'lead' AND l.id = a.item_id)
        IS DISTINCT FROM 'converted'
    AND %s > CASE WHEN a.due_at > last.at
    THEN last.at + (a.due_at - last.at) / 2 ELSE last.at + interval '{STILL_DAYS} days' END
"""
_HOARDED = f"SELECT a.rep_id, count(*) {HOARDED} GROUP BY 1"
# Items of which a contact by two people is known, among those that passed through the pools.
CONTACTED = f"""
SELECT i.item_kind, i.item_id, count(DISTINCT t.user_id) AS people, max(t.at) AS at FROM (
    SELECT DISTINCT s.item_kind, s.item_id FROM pool_stay s WHERE {IN_POOLS}
        AND (s.entered_at >= %s AND s.entered_at < %s OR s.left_at >= %s AND s.left_at < %s)
) i JOIN activity t ON t.item_kind = i.item_kind AND t.item_id = i.item_id
WHERE t.at >= %s AND t.at < %s AND t.direction IN ('out', 'both') AND t.user_id IS NOT NULL
GROUP BY 1, 2 HAVING count(DISTINCT t.user_id) > 1
"""
# What lay there by its worth: how many at the beginning, and the moments of whatever moved since,
# in microseconds. Moments travel as one text each: there may be hundreds of thousands.
_MOMENTS = """
coalesce(string_agg((extract(epoch FROM {}) * 1000000)::bigint::text, ',') FILTER (WHERE {}), '')
"""
_CLAIMED = "left_by = 'claim' AND left_at < until AND taken_by_id IS NOT NULL"
_LAIN = f"""
SELECT line_id, pool, points, count(*) FILTER (WHERE entered_at < since),
    {_MOMENTS.format("entered_at", "entered_at >= since")},
    {_MOMENTS.format("left_at", "left_at < until")},
    {_MOMENTS.format("left_at", _CLAIMED)},
    string_agg(taken_by_id::text, ',') FILTER (WHERE {_CLAIMED})
FROM pool_stay s, (SELECT %s::timestamptz AS since, %s::timestamptz AS until) AS period
WHERE {IN_POOLS} AND entered_at < until AND (left_at IS NULL OR left_at >= since) GROUP BY 1, 2, 3
"""


def habits(
    actor: Actor, pools: Sequence[Watched], since: datetime, until: datetime, now: datetime
) -> list[Habit]:
    """Everybody who used these pools; the most claims first, people out of reach last."""
    keys = keys_of(pools)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, [*keys, since, until])
        claims = {rep: (count, int(paid)) for rep, count, paid in cursor.fetchall()}
        cursor.execute(_GAVE_UP, [*keys, since, until])
        gave_up = dict(cursor.fetchall())
        cursor.execute(_RECLAIMED, [*keys, since, until])
        reclaimed: dict[int, int] = defaultdict(int)
        for rep, _, count in cursor.fetchall():
            reclaimed[rep] += count
        cursor.execute(_HOARDED, [*keys, now])
        hoarded = dict(cursor.fetchall())
    picks = picking(pools, since, until)
    everybody = claims.keys() | gave_up.keys() | reclaimed.keys() | hoarded.keys()
    names = names_within(actor, everybody)
    own = [
        Habit(
            rep, names[rep], *claims.get(rep, (0, 0)), gave_up.get(rep, 0), reclaimed.get(rep, 0),
            hoarded.get(rep, 0), picks.get(rep),
        )
        for rep in everybody
        if rep in names
    ]  # fmt: skip
    own.sort(key=lambda one: (-one.claims, one.name, one.rep_id))
    others = everybody - names.keys()
    if others:
        claimed = [claims.get(rep, (0, 0)) for rep in others]
        sums = [
            sum(count for count, _ in claimed), sum(paid for _, paid in claimed),
            *(sum(each.get(rep, 0) for rep in others) for each in (gave_up, reclaimed, hoarded)),
        ]  # fmt: skip
        own.append(Habit(0, "", *sums))
    return own


def names_within(actor: Actor, ids: Sequence[int] | set[int]) -> dict[int, str]:
    """Names of those of these people whom the actor may see."""
    return dict(visible_people(actor).filter(pk__in=ids).values_list("pk", "name"))


def pairs(actor: Actor, pools: Sequence[Watched], since: datetime, until: datetime) -> list[Pair]:
    """Who claimed again what he had had, and from whom; the most first, known people alone."""
    with connection.cursor() as cursor:
        cursor.execute(_RECLAIMED, [*keys_of(pools), since, until])
        found = cursor.fetchall()
    names = names_within(actor, {person for row in found for person in row[:2]})
    known = [
        Pair(taker, names[taker], names.get(giver, ""), count)
        for taker, giver, count in found
        if taker in names
    ]
    return sorted(known, key=lambda one: (-one.count, one.taker, one.giver))


def contacted_by_several(pools: Sequence[Watched], since: datetime, until: datetime) -> int:
    """How many items of these pools two or more people contacted in a period."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({CONTACTED}) found", contacted_params(pools, since, until)
        )
        count: int = cursor.fetchone()[0]
    return count


def contacted_params(pools: Sequence[Watched], since: datetime, until: datetime) -> list[Any]:
    """The parameters of `CONTACTED`."""
    return [*keys_of(pools), *[since, until] * 3]


def picking(pools: Sequence[Watched], since: datetime, until: datetime) -> dict[int, PickIndex]:
    """The cherry-pick index of every claimer; each claim among what lay in its own pool then."""
    shelves: dict[tuple[int, str], list[Shelf]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LAIN, [since, until, *keys_of(pools)])
        for line, pool, points, before, came, left, claimed, takers in cursor.fetchall():
            claims = zip(_numbers(claimed), _numbers(takers or ""), strict=True)
            shelf = Shelf(points, before, _numbers(came), _numbers(left), tuple(claims))
            shelves[line, pool].append(shelf)
    found: dict[int, list[PickIndex]] = defaultdict(list)
    for several in shelves.values():
        for rep, index in pick_indices(several).items():
            found[rep].append(index)
    return {rep: together(indices) for rep, indices in found.items()}


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(",")] if listed else []
