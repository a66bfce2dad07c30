"""What is counted for claims: what reps claimed and hold, and who had an item before."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from evenhand.engine.pool.claiming import Tally
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of, pipelined

NOBODY = Tally()


class Tallies:
    """Tallies by rep and pool of one line, kept in step while claims are settled."""

    def __init__(self) -> None:
        self._by_rep: dict[int, dict[str, Tally]] = defaultdict(dict)

    def in_pool(self, rep_id: int, pool: str) -> Tally:
        """What somebody claimed from one pool."""
        return self._by_rep[rep_id].get(pool, NOBODY)

    def in_all(self, rep_id: int) -> Tally:
        """What somebody claimed from all pools of the line."""
        own = self._by_rep[rep_id].values()
        return Tally(
            today=sum(one.today for one in own),
            items=sum(one.items for one in own),
            points=sum(one.points for one in own),
            won_items=sum(one.won_items for one in own),
            won_points=sum(one.won_points for one in own),
        )

    def put(self, rep_id: int, pool: str, tally: Tally) -> None:
        """Say what somebody claimed from a pool."""
        self._by_rep[rep_id][pool] = tally

    def add(self, rep_id: int, pool: str, points: int) -> None:
        """Count one more claim."""
        self.put(rep_id, pool, self.in_pool(rep_id, pool).with_one_more(points))


_CLAIMED = """
SELECT taken_by_id, pool, count(*) FROM pool_stay
WHERE taken_by_id = ANY(%s::bigint[]) AND left_by = 'claim' AND left_at >= %s
    AND line_id = %s::bigint
GROUP BY 1, 2
"""
# Open assignments alone: what was given back, closed or passed on is no longer held.
_HELD = """
SELECT a.rep_id, s.pool, w.won, count(*), coalesce(sum(a.points), 0) FROM assignment a
JOIN pool_stay s ON s.id = a.stay_id
CROSS JOIN LATERAL (SELECT a.item_kind = 'account' AND EXISTS (
    SELECT FROM opportunity o WHERE o.company_id = a.item_id AND o.stage = 'won') AS won) w
WHERE a.rep_id = ANY(%s::bigint[]) AND a.closed_at IS NULL AND a.stay_id IS NOT NULL
    AND s.line_id = %s::bigint
GROUP BY 1, 2, 3
"""


def tallies(line_id: int, reps: Collection[int], *, since: datetime) -> Tallies:
    """What these reps claimed in a line since a moment, and what they hold of all claims."""
    with pipelined():
        return ask_tallies(line_id, reps, since=since)()


def ask_tallies(
    line_id: int,
    reps: Collection[int],
    *,
    since: datetime,
    counts_days: bool = True,
    counts_held: bool = True,
) -> Callable[[], Tallies]:
    """The same, to be called for the answer; what no limit asks for need not be counted."""
    who = array_of(sorted(reps), "bigint")
    claimed = send(_CLAIMED, [who, since, str(line_id)]) if counts_days else None
    held = send(_HELD, [who, str(line_id)]) if counts_held else None

    def answer() -> Tallies:
        found = Tallies()
        for rep, pool, count in () if claimed is None else claimed.rows():
            found.put(rep, pool, Tally(today=count))
        for rep, pool, won, count, points in () if held is None else held.rows():
            more = {"won_items": count, "won_points": int(points)}
            known = more if won else {"items": count, "points": int(points)}
            found.put(rep, pool, replace(found.in_pool(rep, pool), **known))
        return found

    return answer


@dataclass(frozen=True, slots=True)
class Before:
    """Who held an item before: rep id → when he last ceased to."""

    until: Mapping[int, datetime]

    @property
    def owners(self) -> int:
        """How many different people held it."""
        return len(self.until)


NEW = Before({})


def held_before(kind: str, ids: Collection[int]) -> dict[int, Before]:
    """Who held these items before, by id; an item that nobody held is left out."""
    return ask_before(kind, ids)()


def ask_before(kind: str, ids: Collection[int]) -> Callable[[], dict[int, Before]]:
    """The same, to be called for the answer."""
    sent = send(_BEFORE, [kind, array_of(sorted(ids), "bigint")])

    def answer() -> dict[int, Before]:
        found: dict[int, dict[int, datetime]] = defaultdict(dict)
        for item_id, rep, until in sent.rows():
            found[item_id][rep] = until
        return {item_id: Before(until) for item_id, until in found.items()}

    return answer


_BEFORE = """
SELECT item_id, rep_id, max(closed_at) FROM assignment
WHERE item_kind = %s AND item_id = ANY(%s::bigint[]) AND closed_at IS NOT NULL GROUP BY 1, 2
"""
