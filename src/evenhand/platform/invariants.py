"""The promises that the data keep, each as a name and one SQL query.

A query returns what breaks its promise, one text per row; none = kept. `evenhand doctor` runs them
all, and so does every drill. The ids are those of the list of promises and never change. Only
tables are named here: the packages that own them stand above this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evenhand.platform.clock_promises import CLOCK_PROMISES
from evenhand.platform.handover_promises import HANDOVER_PROMISES
from evenhand.platform.pool_promises import POOL_PROMISES
from evenhand.platform.seal_promises import SEAL_PROMISES
from evenhand.platform.task_promises import TASK_PROMISES
from evenhand.platform.work_promises import WORK_PROMISES

# Causes under which nobody chose the owner by hand.
AUTOMATIC = ("fair_share", "rotation", "best_fit", "owner", "person", "overflow", "planned")

_SHOWN = 20

_ITEMS = """
items AS (
    SELECT 'lead' AS kind, id, state, owner_id, pool, why_unassigned, receipt_id FROM lead
    UNION ALL
    SELECT 'account', id, state, owner_id, pool, why_unassigned, receipt_id FROM company
    UNION ALL
    SELECT 'opportunity', id, state, owner_id, pool, why_unassigned, receipt_id FROM opportunity
)
"""


class Cursor(Protocol):
    """What is needed of a database cursor."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise: its id, the message that words it, and the query for what breaks it."""

    id: str
    message: str
    sql: str

    @property
    def number(self) -> int:
        """That of its id: I2 stands before I12."""
        return int(self.id[1:])

    @property
    def name(self) -> str:
        """What it is called on the command line; also of the message `remedy-…`."""
        return self.message.removeprefix("invariant-")

    @property
    def remedy(self) -> str:
        """The message that says what to do where it is broken."""
        return f"remedy-{self.name}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken promise: how often, and the first things that break it."""

    invariant: Invariant
    count: int
    examples: tuple[str, ...]


INVARIANTS: Sequence[Invariant] = (
    Invariant(
        "I1",
        "invariant-one-open-assignment",
        """
        SELECT item_kind || ' ' || item_id FROM assignment WHERE closed_at IS NULL
        GROUP BY item_kind, item_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I2",
        "invariant-owner-is-assignment",
        f"""
        WITH {_ITEMS}, held AS (
            SELECT item_kind AS kind, item_id AS id, rep_id FROM assignment WHERE closed_at IS NULL
        )
        SELECT coalesce(i.kind, h.kind) || ' ' || coalesce(i.id, h.id)
        FROM (SELECT * FROM items WHERE state = 'owned') AS i
        FULL JOIN held AS h ON h.kind = i.kind AND h.id = i.id
        WHERE i.owner_id IS DISTINCT FROM h.rep_id
        """,
    ),
    Invariant(
        "I2",
        "invariant-one-place",
        f"""
        WITH {_ITEMS}
        SELECT kind || ' ' || id FROM items
        WHERE CASE state
            WHEN 'owned' THEN owner_id IS NULL OR pool <> '' OR why_unassigned IS NOT NULL
            WHEN 'queued' THEN owner_id IS NOT NULL OR pool <> '' OR why_unassigned IS NULL
            WHEN 'pooled' THEN owner_id IS NOT NULL OR pool = '' OR why_unassigned IS NOT NULL
            WHEN 'untended' THEN owner_id IS NOT NULL OR pool <> ''
            WHEN 'closed' THEN false
            WHEN 'merged' THEN false
            WHEN 'rejected' THEN false
            ELSE true
        END
        """,
    ),
    Invariant(
        "I2",
        "invariant-intake-is-somewhere",
        """
        SELECT 'lead ' || e.object_id FROM event AS e
        LEFT JOIN lead AS l ON l.id = e.object_id
        WHERE e.kind = 'lead.taken_in' AND l.id IS NULL
        """,
    ),
    Invariant(
        "I4",
        "invariant-owner-was-there",
        f"""
        WITH gone AS (
            SELECT e.object_id AS rep_id, e.at + interval '1 minute' AS from_at, coalesce(
                (SELECT min(b.at) FROM event AS b WHERE b.kind = 'person.reactivated'
                    AND b.object_kind = 'person' AND b.object_id = e.object_id AND b.id > e.id),
                'infinity') AS until_at
            FROM event AS e WHERE e.kind = 'person.deactivated'
        )
        SELECT 'assignment ' || a.id FROM assignment AS a JOIN gone AS g ON g.rep_id = a.rep_id
            AND a.opened_at > g.from_at AND a.opened_at < g.until_at
        WHERE a.cause IN ({", ".join(f"'{cause}'" for cause in AUTOMATIC)})
        """,
    ),
    Invariant(
        "I5",
        "invariant-assignment-has-receipt",
        f"""
        SELECT 'assignment ' || a.id FROM assignment AS a
        LEFT JOIN receipt AS r ON r.id = a.receipt_id
            AND r.item_kind = a.item_kind AND r.item_id = a.item_id AND r.rep_id = a.rep_id
        WHERE a.cause IN ({", ".join(f"'{cause}'" for cause in (*AUTOMATIC, "manual"))})
            AND r.id IS NULL
        """,
    ),
    Invariant(
        "I7",
        "invariant-one-answer",
        """
        SELECT caller || ' ' || key FROM answer GROUP BY caller, key HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I9",
        "invariant-books-sum-to-zero",
        """
        SELECT 'book ' || book_id || ' ' || row FROM balance
        WHERE (SELECT coalesce(sum(amount), 0) FROM unnest(amounts) AS amount) <> 0
        """,
    ),
    Invariant(
        "I9",
        "invariant-balances-fit-members",
        """
        SELECT 'book ' || b.id FROM book AS b LEFT JOIN balance AS x ON x.book_id = b.id
        WHERE cardinality(b.last) <> cardinality(b.members)
            OR cardinality(x.amounts) <> cardinality(b.members)
            OR x.row >= cardinality(b.grades)
        GROUP BY b.id
        """,
    ),
    Invariant(
        "I9",
        "invariant-balances-are-postings",
        """
        WITH shared AS (
            SELECT book_id, row, shares_id, count(*) AS n FROM posting WHERE moves IS NULL
            GROUP BY book_id, row, shares_id
        ), moves AS (
            SELECT p.book_id, p.row, m.member, m.amount * p.n AS amount
            FROM shared AS p JOIN shares AS s ON s.id = p.shares_id,
                unnest(s.members, s.amounts) AS m(member, amount)
            UNION ALL
            SELECT book_id, row, taker_id, -sum(points) FROM posting WHERE moves IS NULL
            GROUP BY book_id, row, taker_id
            UNION ALL
            SELECT p.book_id, p.row, (one ->> 0)::bigint, (one ->> 1)::bigint
            FROM posting AS p, jsonb_array_elements(p.moves) AS one WHERE p.moves IS NOT NULL
        ), recount AS (
            SELECT book_id, row, member, sum(amount) AS amount FROM moves
            GROUP BY book_id, row, member HAVING sum(amount) <> 0
        ), stored AS (
            SELECT b.id AS book_id, x.row, m.member, x.amounts[m.place] AS amount
            FROM book AS b JOIN balance AS x ON x.book_id = b.id,
                unnest(b.members) WITH ORDINALITY AS m(member, place)
            WHERE x.amounts[m.place] <> 0
        )
        SELECT 'book ' || book_id || ' ' || row || ' rep ' || member
        FROM recount FULL JOIN stored USING (book_id, row, member)
        WHERE recount.amount IS DISTINCT FROM stored.amount
        """,
    ),
    Invariant(
        "I12",
        "invariant-loads-are-recounts",
        """
        WITH recount AS (
            SELECT rep_id, count(*) AS items, sum(points) AS points FROM assignment
            WHERE closed_at IS NULL GROUP BY rep_id
        )
        SELECT 'rep ' || coalesce(l.rep_id, r.rep_id) FROM load AS l
        FULL JOIN recount AS r ON r.rep_id = l.rep_id
        WHERE coalesce(l.open_count, 0) <> coalesce(r.items, 0)
            OR coalesce(l.open_points, 0) <> coalesce(r.points, 0)
        """,
    ),
    Invariant(
        "I12",
        "invariant-postings-are-numbered",
        """
        SELECT 'book ' || b.id FROM book AS b LEFT JOIN posting AS p ON p.book_id = b.id
        GROUP BY b.id, b.postings
        HAVING count(p.id) <> b.postings OR coalesce(max(p.number), 0) <> b.postings
        """,
    ),
    Invariant(
        "I12",
        "invariant-fairness-days-are-postings",
        """
        WITH p AS (
            SELECT p.*, (p.at AT TIME ZONE c.zone)::date AS day,
                p.act IN ('dealt', 'charged', 'claimed') AS gives
            FROM posting AS p JOIN fairness_counted AS c USING (book_id) WHERE p.number <= c.number
        ), shared AS (
            SELECT book_id, day, row, shares_id, count(*) AS n FROM p
            WHERE gives AND shares_id IS NOT NULL GROUP BY book_id, day, row, shares_id
        ), parts AS (
            SELECT book_id, day, row, m.member, m.amount * n AS due, 0 AS received,
                0 AS corrected, 0 AS n
            FROM shared JOIN shares AS s ON s.id = shares_id,
                unnest(s.members, s.amounts) AS m(member, amount)
            UNION ALL
            SELECT book_id, day, row, taker_id, 0,
                CASE WHEN shares_id IS NULL THEN 0 ELSE points END, 0, 1
            FROM p WHERE gives AND taker_id IS NOT NULL
            UNION ALL
            SELECT book_id, day, row, (one ->> 0)::bigint, 0, 0, (one ->> 1)::bigint, 0
            FROM p, jsonb_array_elements(moves) AS one WHERE NOT gives AND moves IS NOT NULL
        ), recount AS (
            SELECT book_id, day, row, member, sum(due) AS due, sum(received) AS received,
                sum(corrected) AS corrected, sum(n) AS n
            FROM parts GROUP BY book_id, day, row, member
        ), stored AS (
            SELECT d.book_id, d.day, d.row, m.* FROM fairness_day AS d,
                unnest(d.members, d.due, d.received, d.corrected, d.counts)
                    AS m(member, due, received, corrected, n)
        )
        SELECT 'book ' || book_id || ' ' || day || ' rep ' || member
        FROM recount AS r FULL JOIN stored AS s USING (book_id, day, row, member)
        WHERE (coalesce(r.due, 0), coalesce(r.received, 0), coalesce(r.corrected, 0),
            coalesce(r.n, 0)) IS DISTINCT FROM (coalesce(s.due, 0), coalesce(s.received, 0),
            coalesce(s.corrected, 0), coalesce(s.n, 0))
        """,
    ),
    Invariant(
        "I12",
        "invariant-rule-days-are-receipts",
        """
        WITH recount AS (
            SELECT r.line_id, (r.at AT TIME ZONE c.zone)::date AS day, r.rule, count(*) AS n
            FROM receipt AS r, rules_counted AS c
            WHERE r.act = '' AND r.rule <> '' AND r.line_id IS NOT NULL
                AND (r.at AT TIME ZONE c.zone)::date <= c.day
            GROUP BY r.line_id, 2, r.rule
        )
        SELECT 'line ' || line_id || ' ' || day || ' ' || rule
        FROM recount AS r FULL JOIN rule_day AS d USING (line_id, day, rule)
        WHERE r.n IS DISTINCT FROM d.count
        """,
    ),
    Invariant(
        "I12",
        "invariant-upheld-appeal-has-credit",
        """
        SELECT 'appeal ' || a.id FROM appeal AS a LEFT JOIN posting AS p
            ON p.receipt_id = a.credit_receipt_id AND p.act = 'credited'
        GROUP BY a.id
        HAVING count(p.id) <> CASE WHEN a.state = 'upheld' AND a.credit > 0 THEN 1 ELSE 0 END
        UNION ALL
        SELECT 'posting ' || p.id FROM posting AS p
        LEFT JOIN appeal AS a ON a.credit_receipt_id = p.receipt_id
        WHERE p.act = 'credited' AND a.id IS NULL
        """,
    ),
    Invariant(
        "I12",
        "invariant-team-paths",
        """
        SELECT 'team ' || t.id FROM team AS t LEFT JOIN team AS above ON above.id = t.parent_id
        WHERE t.path <> coalesce(above.path, '{}') || t.id
        """,
    ),
    Invariant(
        "I13",
        "invariant-effects-are-delivered",
        """
        SELECT 'outbox ' || id FROM outbox
        WHERE delivered_at IS NULL AND parked_at IS NULL AND due_at < now() - interval '1 hour'
        """,
    ),
    *(
        Invariant(*promise)
        for promise in (
            *POOL_PROMISES,
            *HANDOVER_PROMISES,
            *CLOCK_PROMISES,
            *TASK_PROMISES,
            *SEAL_PROMISES,
            *WORK_PROMISES,
        )
    ),
)

# I3: who carries more than his limit, and how he came by it. Allowed (a manager's choice, an
# owner's old customer, a limit that was lowered), so it is told and breaks nothing.
OVER_CAPACITY = """
WITH limits AS (
    SELECT r.user_id AS rep_id, coalesce(r.capacity, max(coalesce(
        (SELECT (one ->> 'open_items')::int
         FROM jsonb_array_elements(v.document -> 'capacity' -> 'by_level') AS one
         WHERE one ->> 'level' = r.level LIMIT 1),
        (v.document -> 'capacity' ->> 'open_items')::int))) AS most
    FROM rep AS r CROSS JOIN policy_version AS v WHERE v.state = 'live'
    GROUP BY r.user_id, r.capacity, r.level
)
SELECT p.name, l.open_count, x.most,
    (SELECT string_agg(c.cause || ' ' || c.items, ', ' ORDER BY c.items DESC) FROM (
        SELECT cause, count(*) AS items FROM assignment
        WHERE rep_id = l.rep_id AND closed_at IS NULL GROUP BY cause) AS c)
FROM load AS l JOIN limits AS x ON x.rep_id = l.rep_id JOIN person AS p ON p.id = l.rep_id
WHERE l.open_count > x.most ORDER BY p.id
"""


def examine(cursor: Cursor) -> list[Finding]:
    """Every promise that is broken now."""
    return [found for one in INVARIANTS if (found := look(cursor, one)) is not None]


def look(cursor: Cursor, one: Invariant) -> Finding | None:
    """Whether one promise is broken now; None = it is kept."""
    cursor.execute(one.sql)
    broken = [str(row[0]) for row in cursor.fetchall()]
    return Finding(one, len(broken), tuple(sorted(broken)[:_SHOWN])) if broken else None


def over_capacity(cursor: Cursor) -> list[tuple[str, int, int, str]]:
    """Who carries more than his limit: name, items, limit, items per cause."""
    cursor.execute(OVER_CAPACITY)
    return [(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()]
