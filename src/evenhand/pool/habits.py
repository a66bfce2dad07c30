"""How people use the pools: claims, cherry-picking, hoarding, returning and reclaiming.

Figures to talk about, not verdicts. They are counted of everybody; whoever is out of the reader's
reach is then summed up without a name.
"""

import struct
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from evenhand.engine.pool.picking import PickIndex, Shelf, pick_indices, together
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.pool.flow import IN_POOLS, Watched, keys_of

# Whoever claims again what he gave up within so many days is counted.
RECLAIM_DAYS = 180
MOST = 1_000  # rows of one figure; narrower filters reach the others
# Where no clock runs, an item counts as lying still after so many days without contact.
STILL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Used:
    """How one person used pools over a period."""

    rep_id: int
    claims: int = 0
    paid: int = 0  # micro-points
    gave_up: int = 0
    reclaimed: int = 0
    hoarded: int = 0
    pick: PickIndex | None = None


@dataclass(frozen=True, slots=True)
class Reclaimed:
    """How often somebody claimed what he had had before, and who (0 = unknown) gave it up."""

    taker_id: int
    giver_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Contacted:
    """An item that several people contacted in a period, and when somebody did last."""

    kind: str
    item_id: int
    at: datetime
    people: int


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
# The moment from which an open assignment `a` counts as hoarded, if it was last worked on at {}.
_STILL_FROM = f"""
CASE WHEN a.due_at > {{0}} THEN {{0}} + (a.due_at - {{0}}) / 2
    ELSE {{0}} + interval '{STILL_DAYS} days' END
"""
# Since the last contact (or the claim) half of its time has gone. A contact only ever makes that
# later: what is not hoarded without one is left out before contacts are looked for.
HOARDED = f"""
FROM assignment a JOIN pool_stay s ON s.id = a.stay_id
CROSS JOIN LATERAL (SELECT coalesce(max(t.at), a.opened_at) AS at FROM activity t
    WHERE t.item_kind = a.item_kind AND t.item_id = a.item_id AND t.at >= a.opened_at
        AND t.direction <> 'none') last
WHERE {IN_POOLS} AND a.closed_at IS NULL AND a.stay_id IS NOT NULL
    AND %s > {_STILL_FROM.format("a.opened_at")}
    AND (SELECT l.stage FROM lead l WHERE a.item_kind = 'lead' AND l.id = a.item_id)
        IS DISTINCT FROM 'converted'
    AND %s > {_STILL_FROM.format("last.at")}
"""
_HOARDED = f"SELECT a.rep_id, count(*) {HOARDED} GROUP BY 1"
# Items of which a contact by two people is known, among those that passed through the pools: how
# many there are, and the last contacted of them.
_CONTACTS = "t.at >= %s AND t.at < %s AND t.direction IN ('out', 'both') AND t.user_id IS NOT NULL"
_CONTACTED = f"""
WITH several AS (
    SELECT t.item_kind, t.item_id, max(t.at) AS at FROM activity t WHERE {_CONTACTS}
    GROUP BY 1, 2 HAVING min(t.user_id) <> max(t.user_id)
), found AS (
    SELECT item_kind, item_id, at, count(*) OVER () AS all_of_them FROM several i WHERE EXISTS (
        SELECT FROM pool_stay s
        WHERE s.item_kind = i.item_kind AND s.item_id = i.item_id AND {IN_POOLS}
            AND (s.entered_at >= %s AND s.entered_at < %s OR s.left_at >= %s AND s.left_at < %s))
    ORDER BY at DESC, item_id LIMIT {MOST}
)
SELECT all_of_them, i.item_kind, i.item_id, i.at, (SELECT count(DISTINCT t.user_id) FROM activity t
    WHERE t.item_kind = i.item_kind AND t.item_id = i.item_id AND {_CONTACTS})
FROM found i ORDER BY i.at DESC, i.item_id
"""
# What lay there by its worth: how many at the beginning, and the moments of whatever moved since,
# in microseconds. There may be hundreds of thousands: each list travels as bytes.
_MOMENTS = "coalesce(string_agg(timestamptz_send({}), '') FILTER (WHERE {}), '')"
_CLAIMED = "left_by = 'claim' AND left_at < until AND taken_by_id IS NOT NULL"
_LAIN = f"""
SELECT line_id, pool, points, count(*) FILTER (WHERE entered_at < since),
    {_MOMENTS.format("entered_at", "entered_at >= since")},
    {_MOMENTS.format("left_at", "left_at < until")},
    {_MOMENTS.format("left_at", _CLAIMED)},
    coalesce(string_agg(int8send(taken_by_id::bigint), '') FILTER (WHERE {_CLAIMED}), '')
FROM pool_stay s, (SELECT %s::timestamptz AS since, %s::timestamptz AS until) AS period
WHERE {IN_POOLS} AND entered_at < until AND (left_at IS NULL OR left_at >= since) GROUP BY 1, 2, 3
"""


def used(
    pools: Sequence[Watched],
    since: datetime,
    until: datetime,
    now: datetime,
    again: Sequence[Reclaimed],
) -> list[Used]:
    """Everybody who used these pools, by id; `again` is what was `reclaimed` from them."""
    keys = keys_of(pools)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, [*keys, since, until])
        claims = {rep: (count, int(paid)) for rep, count, paid in cursor.fetchall()}
        cursor.execute(_GAVE_UP, [*keys, since, until])
        gave_up = dict(cursor.fetchall())
        cursor.execute(_HOARDED, [*keys, now, now])
        hoarded = dict(cursor.fetchall())
    reclaimed: dict[int, int] = defaultdict(int)
    for one in again:
        reclaimed[one.taker_id] += one.count
    picks = picking(pools, since, until)
    everybody = claims.keys() | gave_up.keys() | reclaimed.keys() | hoarded.keys()
    return [
        Used(
            rep, *claims.get(rep, (0, 0)), gave_up.get(rep, 0), reclaimed.get(rep, 0),
            hoarded.get(rep, 0), picks.get(rep),
        )
        for rep in sorted(everybody)
    ]  # fmt: skip


def reclaimed(pools: Sequence[Watched], since: datetime, until: datetime) -> list[Reclaimed]:
    """Who claimed again what he had had, and from whom."""
    with connection.cursor() as cursor:
        cursor.execute(_RECLAIMED, [*keys_of(pools), since, until])
        return [Reclaimed(*row) for row in cursor.fetchall()]


def habits(actor: Actor, everybody: Sequence[Used]) -> list[Habit]:
    """People by name; the most claims first, those out of the actor's reach together and last."""
    names = names_within(actor, {one.rep_id for one in everybody})
    own, others = [], []
    for one in everybody:
        if one.rep_id not in names:
            others.append(one)
            continue
        own.append(
            Habit(
                one.rep_id, names[one.rep_id], one.claims, one.paid, one.gave_up, one.reclaimed,
                one.hoarded, one.pick,
            )
        )  # fmt: skip
    own.sort(key=lambda one: (-one.claims, one.name, one.rep_id))
    if others:
        own.append(
            Habit(
                rep_id=0,
                name="",
                claims=sum(one.claims for one in others),
                paid=sum(one.paid for one in others),
                gave_up=sum(one.gave_up for one in others),
                reclaimed=sum(one.reclaimed for one in others),
                hoarded=sum(one.hoarded for one in others),
            )
        )
    return own


def names_within(actor: Actor, ids: Sequence[int] | set[int]) -> dict[int, str]:
    """Names of those of these people whom the actor may see."""
    return dict(visible_people(actor).filter(pk__in=ids).values_list("pk", "name"))


def pairs(actor: Actor, again: Sequence[Reclaimed]) -> list[Pair]:
    """Who claimed again what he had had, and from whom; the most first, known people alone."""
    names = names_within(actor, {who for one in again for who in (one.taker_id, one.giver_id)})
    known = [
        Pair(one.taker_id, names[one.taker_id], names.get(one.giver_id, ""), one.count)
        for one in again
        if one.taker_id in names
    ]
    return sorted(known, key=lambda one: (-one.count, one.taker, one.giver))


def contacted(
    pools: Sequence[Watched], since: datetime, until: datetime
) -> tuple[int, list[Contacted]]:
    """How many items of these pools two or more people contacted in a period, and the latest."""
    period = [since, until]
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTED, [*period, *keys_of(pools), *period * 3])
        found = cursor.fetchall()
    return (found[0][0] if found else 0), [Contacted(*row[1:]) for row in found]


def picking(pools: Sequence[Watched], since: datetime, until: datetime) -> dict[int, PickIndex]:
    """The cherry-pick index of every claimer; each claim among what lay in its own pool then."""
    shelves: dict[tuple[int, str], list[Shelf]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LAIN, [since, until, *keys_of(pools)])
        for line, pool, points, before, came, left, claimed, takers in cursor.fetchall():
            claims = zip(_numbers(claimed), _numbers(takers), strict=True)
            shelf = Shelf(points, before, _numbers(came), _numbers(left), tuple(claims))
            shelves[line, pool].append(shelf)
    found: dict[int, list[PickIndex]] = defaultdict(list)
    for several in shelves.values():
        for rep, index in pick_indices(several).items():
            found[rep].append(index)
    return {rep: together(indices) for rep, indices in found.items()}


def _numbers(sent: bytes) -> Sequence[int]:
    """Integers of eight bytes each, as the database sends them."""
    return struct.unpack(f">{len(sent) // 8}q", sent)
