"""What is counted for claims: what reps claimed and hold, and who had an item before."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection

from evenhand.engine.pool.claiming import Tally

NOBODY = Tally()


@dataclass(slots=True)
class Tallies:
    """Tallies by rep and pool of one line, kept in step while claims are settled."""

    by_pool: dict[tuple[int, str], Tally] = field(default_factory=dict)

    def in_pool(self, rep_id: int, pool: str) -> Tally:
        """What somebody claimed from one pool."""
        return self.by_pool.get((rep_id, pool), NOBODY)

    def in_all(self, rep_id: int) -> Tally:
        """What somebody claimed from all pools of the line."""
        own = [one for (rep, _), one in self.by_pool.items() if rep == rep_id]
        return Tally(
            today=sum(one.today for one in own),
            items=sum(one.items for one in own),
            points=sum(one.points for one in own),
            won_items=sum(one.won_items for one in own),
            won_points=sum(one.won_points for one in own),
        )

    def add(self, rep_id: int, pool: str, points: int) -> None:
        """Count one more claim."""
        self.by_pool[rep_id, pool] = self.in_pool(rep_id, pool).with_one_more(points)


_CLAIMED = """
SELECT taken_by_id, pool, count(*) FROM pool_stay
WHERE taken_by_id = ANY(%s) AND left_by = 'claim' AND left_at >= %s AND line_id = %s
GROUP BY 1, 2
"""
# Open assignments alone: what was given back, closed or passed on is no longer held.
_HELD = """
SELECT a.rep_id, s.pool, w.won, count(*), coalesce(sum(a.points), 0) FROM assignment a
JOIN pool_stay s ON s.id = a.stay_id
CROSS JOIN LATERAL (SELECT a.item_kind = 'account' AND EXISTS (
    SELECT FROM opportunity o WHERE o.company_id = a.item_id AND o.stage = 'won') AS won) w
WHERE a.rep_id = ANY(%s) AND a.closed_at IS NULL AND a.stay_id IS NOT NULL AND s.line_id = %s
GROUP BY 1, 2, 3
"""


def tallies(line_id: int, reps: Collection[int], *, since: datetime) -> Tallies:
    """What these reps claimed in a line since a moment, and what they hold of all claims."""
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMED, [sorted(reps), since, line_id])
        for rep, pool, count in cursor.fetchall():
            found[rep, pool] = Tally(today=count)
        cursor.execute(_HELD, [sorted(reps), line_id])
        for rep, pool, won, count, points in cursor.fetchall():
            known = found[rep, pool]
            more = {"won_items": count, "won_points": int(points)}
            held = more if won else {"items": count, "points": int(points)}
            found[rep, pool] = replace(known, **held)
    return Tallies(dict(found))


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
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_id, rep_id, max(closed_at) FROM assignment WHERE item_kind = %s"
            " AND item_id = ANY(%s) AND closed_at IS NOT NULL GROUP BY 1, 2",
            [kind, sorted(ids)],
        )
        for item_id, rep, until in cursor.fetchall():
            found[item_id][rep] = until
    return {item_id: Before(until) for item_id, until in found.items()}
