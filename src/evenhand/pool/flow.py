"""What flows through pools: what came, what left and how, what lies there and since when.

A pool is a line's id and a name. Sums of everybody; who did what is `habits`' business.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from evenhand.people.actor import Actor
from evenhand.people.scope import NotAllowed, Right, may
from evenhand.policies.queries import lines
from evenhand.pool.access import pools_of

PoolKey = tuple[int, str]  # line, name
# Days that items lie there: below the first, … and from the last on.
AGE_DAYS = (1, 7, 30, 90)


@dataclass(frozen=True, slots=True)
class Watched:
    """A pool that somebody watches over."""

    line_id: int
    line: str
    name: str

    @property
    def key(self) -> PoolKey:
        """What identifies it."""
        return self.line_id, self.name


def watched(actor: Actor, *, line_id: int | None = None, pool: str = "") -> list[Watched]:
    """Pools whose figures somebody sees: all for those who see decisions, else those he tends.

    :raises NotAllowed: he may see none whatever he asks for.
    """
    sees_all = may(actor, Right.SEE_DECISIONS)
    named = {one.pk: one.name for one in lines()}
    found = [
        Watched(one.line_id, named.get(one.line_id, ""), one.name)
        for one in pools_of(actor)
        if sees_all or one.is_administrator
    ]
    if not found and not sees_all:
        raise NotAllowed(Right.SEE_DECISIONS)
    return [one for one in found if line_id in (None, one.line_id) and pool in ("", one.name)]


@dataclass(slots=True)
class Flow:
    """One pool over a period; amounts in micro-points, times in seconds."""

    came: dict[str, int] = field(default_factory=dict)  # by how
    left: dict[str, int] = field(default_factory=dict)  # by what
    paid: int = 0  # for claims
    lies: int = 0  # now
    ages: tuple[int, ...] = (0,) * (len(AGE_DAYS) + 1)
    median_age: float | None = None

    @property
    def all_came(self) -> int:
        """All that came."""
        return sum(self.came.values())

    @property
    def all_left(self) -> int:
        """All that left."""
        return sum(self.left.values())


@dataclass(frozen=True, slots=True)
class Revived:
    """What came of what left pools in a period: taken, converted, won, in which currencies."""

    taken: int
    converted: int
    won: int
    values: Mapping[str, int]  # minor units


def keys_of(pools: Sequence[Watched]) -> tuple[list[int], list[str]]:
    """The pools as two arrays of a statement."""
    return [one.line_id for one in pools], [one.name for one in pools]


# Of stays `s`: within these pools. Takes the two arrays of `keys_of`.
IN_POOLS = "(s.line_id, s.pool) IN (SELECT * FROM unnest(%s::bigint[], %s::text[]))"
# How it came and left, where an act did not say: by the rules, or otherwise.
CAME_BY = "coalesce(nullif(s.how, ''), 'dealt')"
LEFT_BY = "coalesce(nullif(s.left_by, ''), 'other')"
# … taken to be worked on again.
TAKEN = "(s.left_by IN ('claim', 'assign') OR s.taken_by_id IS NOT NULL)"

_CAME = f"""
SELECT s.line_id, s.pool, {CAME_BY}, count(*) FROM pool_stay s
WHERE {IN_POOLS} AND s.entered_at >= %s AND s.entered_at < %s GROUP BY 1, 2, 3
"""
_LEFT = f"""
SELECT s.line_id, s.pool, {LEFT_BY}, count(*), coalesce(sum(s.price), 0) FROM pool_stay s
WHERE {IN_POOLS} AND s.left_at >= %s AND s.left_at < %s GROUP BY 1, 2, 3
"""
# Age bands from the oldest: how many of their beginnings it has passed.
_LIES = f"""
SELECT s.line_id, s.pool, width_bucket(s.entered_at, %s::timestamptz[]), count(*) FROM pool_stay s
WHERE {IN_POOLS} AND s.left_at IS NULL GROUP BY 1, 2, 3
"""
# The one in the middle, or the two: by the index, without sorting those that lie there.
_MEDIAN = """
SELECT p.line, p.pool, (SELECT avg(extract(epoch FROM %s - m.entered_at)) FROM (
    SELECT s.entered_at FROM pool_stay s
    WHERE s.line_id = p.line AND s.pool = p.pool AND s.left_at IS NULL
    ORDER BY s.entered_at OFFSET (p.lies - 1) / 2 LIMIT 2 - p.lies %% 2) AS m)
FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS p(line, pool, lies)
"""
# A deal counts for a stay that it followed, once however many stays there were.
WON = """
SELECT o.id, o.currency, o.value FROM opportunity o WHERE o.stage = 'won'
    AND (s.item_kind = 'lead' AND o.lead_id = s.item_id
        OR s.item_kind = 'account' AND o.company_id = s.item_id
        OR s.item_kind = 'opportunity' AND o.id = s.item_id)
    AND coalesce(o.closed_at, o.stage_at) >= s.left_at
"""
_GONE = f"{IN_POOLS} AND {TAKEN} AND s.left_at >= %s AND s.left_at < %s"
_TAKEN = f"""
SELECT count(*), count(*) FILTER (WHERE l.stage = 'converted')
FROM (SELECT DISTINCT s.item_kind, s.item_id FROM pool_stay s WHERE {_GONE}) i
LEFT JOIN lead l ON i.item_kind = 'lead' AND l.id = i.item_id
"""
# `WON` from the other end, kind by kind: so that sales and stays are joined once and not per stay.
_OF_KIND = """
SELECT o.id, o.currency, o.value FROM gone g JOIN opportunity o ON o.{column} = g.item_id
WHERE g.item_kind = '{kind}' AND o.stage = 'won' AND coalesce(o.closed_at, o.stage_at) >= g.left_at
"""
_COLUMNS = {"lead": "lead_id", "account": "company_id", "opportunity": "id"}
_VALUES = f"""
WITH gone AS (
    SELECT s.item_kind, s.item_id, min(s.left_at) AS left_at FROM pool_stay s WHERE {_GONE}
    GROUP BY 1, 2
)
SELECT currency, count(*), coalesce(sum(value), 0) FROM (
    {"UNION".join(_OF_KIND.format(kind=kind, column=one) for kind, one in _COLUMNS.items())}
) won GROUP BY 1 ORDER BY 1
"""


def flows(
    pools: Sequence[Watched], since: datetime, until: datetime, now: datetime
) -> dict[PoolKey, Flow]:
    """The flow of each pool over a period, and what lies there now."""
    found: dict[PoolKey, Flow] = {one.key: Flow() for one in pools}
    ages: dict[PoolKey, dict[int, int]] = defaultdict(dict)
    keys = keys_of(pools)
    with connection.cursor() as cursor:
        cursor.execute(_CAME, [*keys, since, until])
        for line, pool, how, count in cursor.fetchall():
            found[line, pool].came[how] = count
        cursor.execute(_LEFT, [*keys, since, until])
        for line, pool, left_by, count, paid in cursor.fetchall():
            found[line, pool].left[left_by] = count
            found[line, pool].paid += int(paid)
        # An age of exactly so many days counts as one.
        ends = [now - timedelta(days=days, microseconds=-1) for days in reversed(AGE_DAYS)]
        cursor.execute(_LIES, [ends, *keys])
        for line, pool, passed, count in cursor.fetchall():
            ages[line, pool][len(AGE_DAYS) - passed] = count
        lies = [sum(ages[one.key].values()) for one in pools]
        cursor.execute(_MEDIAN, [now, *keys, lies])
        for line, pool, median in cursor.fetchall():
            found[line, pool].median_age = None if median is None else float(median)
    for key, counts in ages.items():
        found[key].ages = tuple(counts.get(band, 0) for band in range(len(AGE_DAYS) + 1))
        found[key].lies = sum(counts.values())
    return found


def revived(pools: Sequence[Watched], since: datetime, until: datetime) -> Revived:
    """What came of the items that were taken out of these pools in a period."""
    keys = keys_of(pools)
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [*keys, since, until])
        taken, converted = cursor.fetchone()
        cursor.execute(_VALUES, [*keys, since, until])
        won = cursor.fetchall()
    values = {currency: int(value) for currency, _, value in won}
    return Revived(taken, converted, sum(count for _, count, _ in won), values)
