"""Who holds an item: the only writer of state, owner, assignments and loads.

Routing, pool and import call these inside their own transaction. An open assignment, the owner
column and the load counter always change together.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason
from evenhand.leads.models import State
from evenhand.platform.prepared import Sent, send
from evenhand.platform.rows import array_of, insert_rows, pipelined

TABLES: Mapping[str, str] = {
    ItemKind.LEAD: "lead",
    ItemKind.ACCOUNT: "company",
    ItemKind.OPPORTUNITY: "opportunity",
}


class LoadsMoved(Exception):
    """Somebody's load changed between reading and writing: the transaction must be run again."""


class Taking(NamedTuple):
    """One item that somebody receives."""

    kind: str
    item_id: int
    rep_id: int
    cause: str
    points: int
    receipt_id: int | None
    stay_id: int | None = None  # the stay in a pool that a claim ends


def open_assignments(takings: Sequence[Taking], *, at: datetime) -> None:
    """Open assignments; loads are `add_loads`'s business.

    :raises IntegrityError: an item has an open assignment already.
    """
    insert_rows(
        "assignment",
        _ASSIGNMENT,
        [(*one, "") for one in takings],
        same={"opened_at": at},
    )


_ASSIGNMENT = {
    "item_kind": "text",
    "item_id": "bigint",
    "rep_id": "bigint",
    "cause": "text",
    "points": "bigint",
    "receipt_id": "bigint",
    "stay_id": "bigint",
    "closed_by": "text",
}


class PastTaking(NamedTuple):
    """A time in which somebody held an item before it was written here; open = holds it now."""

    kind: str
    item_id: int
    rep_id: int
    cause: str
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str  # "" = still open


def write_past(takings: Sequence[PastTaking]) -> None:
    """Write who held items from when to when; open ones are added to the loads. They cost nothing.

    :raises IntegrityError: an item has an open assignment already.
    """
    insert_rows(
        "assignment",
        _PAST_ASSIGNMENT,
        [
            (
                *(one.kind, one.item_id, one.rep_id, one.cause, one.opened_at.isoformat()),
                None if one.closed_at is None else one.closed_at.isoformat(),
                one.closed_by,
            )
            for one in takings
        ],
        same={"points": 0},
    )
    held = Counter(one.rep_id for one in takings if one.closed_at is None)
    add_loads({rep: (count, 0) for rep, count in held.items()})


_PAST_ASSIGNMENT = {
    "item_kind": "text",
    "item_id": "bigint",
    "rep_id": "bigint",
    "cause": "text",
    "opened_at": "timestamptz",
    "closed_at": "timestamptz",
    "closed_by": "text",
}


def add_loads(
    changes: Mapping[int, tuple[int, int]], *, expected: Mapping[int, tuple[int, int]] | None = None
) -> None:
    """Change what people carry: rep id → (items, micro-points).

    `expected` is what each should carry afterwards; where it is another, somebody else dealt to
    him meanwhile and a limit may be broken.

    :raises LoadsMoved: it is another.
    """
    if not changes:
        return
    reps = sorted(changes)
    sent = send(
        _ADD_LOADS,
        [
            array_of(reps, "bigint"),
            array_of([changes[rep][0] for rep in reps], "bigint"),
            array_of([changes[rep][1] for rep in reps], "bigint"),
        ],
    )
    if expected is None:
        return
    found = {row[0]: (row[1], row[2]) for row in sent.rows()}
    if any(found[rep] != expected[rep] for rep in reps):
        raise LoadsMoved


_ADD_LOADS = """
INSERT INTO load (rep_id, open_count, open_points)
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::bigint[])
ON CONFLICT (rep_id) DO UPDATE SET
    open_count = load.open_count + excluded.open_count,
    open_points = load.open_points + excluded.open_points
RETURNING rep_id, open_count, open_points
"""


def subtract_loads(changes: Mapping[int, tuple[int, int]]) -> None:
    """Take items and micro-points off what people carry.

    The check on the table refuses less than nothing, so this is an UPDATE of rows that exist.
    """
    with pipelined():
        for rep_id in sorted(changes):
            items, points = changes[rep_id]
            send(_SUBTRACT, [str(items), str(points), str(rep_id)])


_SUBTRACT = """
UPDATE load SET open_count = open_count - %s, open_points = open_points - %s WHERE rep_id = %s
"""


def recount_loads() -> int:
    """Count what everybody carries anew from the open assignments; how many were wrong.

    Loads are locked first, so that nobody is given anything meanwhile.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE load IN EXCLUSIVE MODE")
        cursor.execute(_RECOUNT_LOADS)
        return int(cursor.rowcount)


_RECOUNT_LOADS = """
WITH recount AS (
    SELECT rep_id, count(*) AS items, sum(points) AS points FROM assignment
    WHERE closed_at IS NULL GROUP BY rep_id
), everybody AS (
    SELECT rep_id, coalesce(r.items, 0) AS items, coalesce(r.points, 0) AS points
    FROM load AS l FULL JOIN recount AS r USING (rep_id)
    WHERE (l.open_count, l.open_points) IS DISTINCT FROM
        (coalesce(r.items, 0), coalesce(r.points, 0))
)
INSERT INTO load (rep_id, open_count, open_points) SELECT rep_id, items, points FROM everybody
ON CONFLICT (rep_id) DO UPDATE SET
    open_count = excluded.open_count, open_points = excluded.open_points
"""


@dataclass(frozen=True, slots=True)
class Held:
    """An item's open assignment."""

    kind: str
    item_id: int
    rep_id: int
    points: int
    receipt_id: int | None


def close_assignment(kind: str, item_id: int, *, by: str, at: datetime) -> Held | None:
    """End the open assignment of an item and take it off its owner's load; None = nobody's."""
    rows = send(_CLOSE_ONE, [at, by, str(kind), str(item_id)]).rows()
    if not rows:
        return None
    rep_id, points, receipt_id = rows[0]
    subtract_loads({rep_id: (1, points)})
    return Held(kind, item_id, rep_id, points, receipt_id)


_CLOSE_ONE = """
UPDATE assignment SET closed_at = %s, closed_by = %s
WHERE item_kind = %s AND item_id = %s AND closed_at IS NULL
RETURNING rep_id, points, receipt_id
"""


def close_assignments(ids: Sequence[int], *, by: Mapping[int, str], at: datetime) -> None:
    """End open assignments, by their ids, and take them off their owners' loads.

    `by` says for each how it ended. The caller locked the items, and the loads before them.
    """
    ended = array_of(ids, "bigint")
    ways = array_of([by[one] for one in ids], "text")
    send(_CLOSE, [at.isoformat(), ended, ways, ended])


# The assignments once more by their ids, else a plan made for a small table reads all ever after.
_CLOSE = """
WITH ended AS (
    UPDATE assignment AS a SET closed_at = %s::timestamptz, closed_by = e.how
    FROM unnest(%s::bigint[], %s::text[]) AS e(id, how)
    WHERE a.id = e.id AND a.id = ANY(%s::bigint[]) AND a.closed_at IS NULL
    RETURNING a.rep_id, a.points
), off AS (SELECT rep_id, count(*) AS items, sum(points) AS points FROM ended GROUP BY rep_id)
UPDATE load SET open_count = open_count - off.items, open_points = open_points - off.points
FROM off WHERE load.rep_id = off.rep_id
"""


def lock_loads(rep_ids: Iterable[int]) -> None:
    """Lock what these people carry, in the order of their ids: before their items."""
    send(
        "SELECT rep_id FROM load WHERE rep_id = ANY(%s::bigint[]) ORDER BY rep_id FOR UPDATE",
        [array_of(sorted(set(rep_ids)), "bigint")],
    )


def lock_free_items(kind: str, ids: Iterable[int]) -> Sent:
    """Lock those of some items that nobody holds locked just now; returns their ids, as rows."""
    return send(
        f"SELECT id FROM {TABLES[kind]} WHERE id = ANY(%s::bigint[]) ORDER BY id"
        " FOR UPDATE SKIP LOCKED",
        [array_of(sorted(set(ids)), "bigint")],
    )


class Place(NamedTuple):
    """Where an item is from now on, and what it is worth."""

    item_id: int
    state: str
    owner_id: int | None
    pool: str
    grade: str
    score: int | None
    points: int
    round: int
    why: str | None  # JSON of a reason
    receipt_id: int | None
    contact_due_at: datetime | None
    line_id: int | None


def given_up(
    item: Any, *, receipt_id: int, line_id: int, pool: str = "", why: Reason | None = None
) -> Place:
    """Where an item is that its owner has lost: in a pool, or waiting for the reason given."""
    return Place(
        item_id=item.pk,
        state=State.POOLED if pool else State.QUEUED,
        owner_id=None,
        pool=pool,
        grade=item.grade,
        score=item.score,
        points=item.points,
        round=item.round,
        why=None if why is None else json.dumps(why.as_json()),
        receipt_id=receipt_id,
        contact_due_at=None,
        line_id=line_id,
    )


def place_items(kind: str, places: Sequence[Place], *, at: datetime) -> None:
    """Write the place of items that are rows already."""
    if not places:
        return
    told = [
        one if one.contact_due_at is None else (*one[:10], one.contact_due_at.isoformat(), one[11])
        for one in places
    ]
    columns = zip(*told, strict=True)
    arrays = [array_of(values, of) for values, of in zip(columns, _PLACE, strict=True)]
    moment = at.isoformat()
    send(_place_sql(kind), [moment, moment, moment, *arrays, arrays[0]])


_PLACE = (
    *("bigint", "text", "bigint", "text", "text", "int", "bigint", "int", "jsonb", "bigint"),
    *("timestamptz", "bigint"),
)


def _place_sql(kind: str) -> str:
    extra = ", contact_due_at = p.due, contacted_at = NULL" if kind == ItemKind.LEAD else ""
    return (
        f"UPDATE {TABLES[kind]} AS t SET state = p.state, owner_id = p.owner,"
        " assigned_at = CASE WHEN p.owner IS NOT NULL THEN %s::timestamptz END,"
        " pool = p.pool, pooled_at = CASE WHEN p.state <> 'pooled' THEN NULL"
        " WHEN t.state = 'pooled' AND t.pool = p.pool THEN t.pooled_at ELSE %s::timestamptz END,"
        " grade = p.grade, score = p.score, points = p.points, round = p.round,"
        " why_unassigned = p.why, receipt_id = p.receipt, queued_at = CASE"
        " WHEN p.state = 'queued' THEN coalesce(t.queued_at, %s::timestamptz) END,"
        f" line_id = coalesce(p.line, t.line_id){extra}"
        f" FROM unnest({', '.join(f'%s::{one}[]' for one in _PLACE)})"
        " AS p(id, state, owner, pool, grade, score, points, round, why, receipt, due, line)"
        # Once more which, else a plan made for a small table reads all of it ever after.
        " WHERE t.id = p.id AND t.id = ANY(%s::bigint[])"
    )


def close_item(kind: str, item_id: int, *, by: str, at: datetime) -> Held | None:
    """The work on an item is over (won, lost, merged, invalid): its owner has room again.

    The owner column stays, so that lists show whose it was; the caller locked the row.
    """
    held = close_assignment(kind, item_id, by=by, at=at)
    extra = ", contact_due_at = NULL" if kind == ItemKind.LEAD else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLES[kind]} SET state = %s, queued_at = NULL,"
            f" why_unassigned = NULL{extra} WHERE id = %s",
            [State.CLOSED, item_id],
        )
    return held
