"""The one place where items are decided: plan, lock, snapshot, engine, apply.

Everything that gives an item to somebody by the rules comes here: intake, the retry of unassigned
items, what was handed back, accounts and opportunities. The caller holds the transaction and
writes the items' own rows; receipts, postings, books, assignments and loads are written here.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from evenhand import __version__
from evenhand.engine.facts import Item, ItemKind, Load
from evenhand.engine.ledger.bookings import Act
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.capacity import are_unlimited
from evenhand.engine.routing.contests import GroupStep, books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause, Decision, Outcome, why_unassigned
from evenhand.engine.routing.plan import plan
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.stored import loads_to_json
from evenhand.leads.custody import Place, Taking, add_loads, open_assignments
from evenhand.leads.guidance import Guided, write_guidance
from evenhand.leads.models import State
from evenhand.leads.peace import bars_on, hold_customers
from evenhand.ledger.postings import NewPosting, Share, posting_of, write_postings
from evenhand.ledger.store import checkpoint_due, lock_books, write_books
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.rows import insert_rows
from evenhand.policies.live import LivePolicy
from evenhand.routing.facts import parse_item_key
from evenhand.routing.loads import read_loads
from evenhand.routing.shared import digest_of, shared_ids, split_line
from evenhand.routing.world import ContactDues, World, roster_for

# A batch is decided again as a whole to explain one of its decisions: a tenth of a second.
MOST_AT_ONCE = 1_000
# So many decisions are written while the next are taken.
PART = 250


class Placement(NamedTuple):
    """What became of one item."""

    kind: ItemKind
    item_id: int
    state: str
    rep_id: int | None
    pool: str
    grade: str
    score: int | None
    points: int
    round: int
    cause: str
    rule: str
    why: Reason | None
    escalated_to: str
    mentor_id: int | None
    receipt_id: int
    contact_due_at: datetime | None


def place_of(placement: Placement, live: LivePolicy) -> Place:
    """The same as the item's row has it."""
    return Place(
        item_id=placement.item_id,
        state=placement.state,
        owner_id=placement.rep_id,
        pool=placement.pool,
        grade=placement.grade,
        score=placement.score,
        points=placement.points,
        round=placement.round,
        why=None if placement.why is None else json.dumps(placement.why.as_json()),
        receipt_id=placement.receipt_id,
        contact_due_at=placement.contact_due_at,
        line_id=live.line_id,
    )


def deal(world: World, items: Sequence[Item], rows: Sequence[Any] = ()) -> list[Placement]:
    """Decide items in this order and write everything but their own rows.

    `rows` are the items as `leads.peace` knows them, whose customers' peace is to be kept.

    :raises LoadsMoved: somebody's load changed under our eyes; run the transaction again.
    """
    return [one for part in deal_in_parts(world, items, rows) for one in part]


# What everybody carries, by the engine's id.
Carried = Callable[[], Mapping[str, Load]]


def deal_work(world: World, items: Sequence[Item], carried: Carried) -> list[Placement]:
    """The same for to-dos in a world of `routing.work`; `carried` is asked under the locks.

    Assignments and loads are not touched; the caller keeps who holds them.
    """
    return [
        one
        for start in range(0, len(items), MOST_AT_ONCE)
        for part in _WorkBatch(world, items[start : start + MOST_AT_ONCE], carried).run()
        for one in part
    ]


def deal_in_parts(
    world: World, items: Sequence[Item], rows: Sequence[Any] = ()
) -> Iterator[list[Placement]]:
    """The same part by part, so that the database writes while the next are decided.

    The last step books everything: whoever asks for the first part asks for all.

    :raises LoadsMoved: as `deal`.
    """
    for start in range(0, len(items), MOST_AT_ONCE):
        part = slice(start, start + MOST_AT_ONCE)
        yield from _Batch(world, items[part], rows[part]).run()


class _Batch:
    """One run of the engine."""

    def __init__(self, world: World, items: Sequence[Item], rows: Sequence[Any] = ()) -> None:
        self.world = world
        self.items = items
        self.rows = rows
        self.policy = world.live.policy
        self.roster = roster_for(world)
        self.clock = world.people.team.company_calendar
        self.script: list[Any] = []
        self.bodies: list[tuple[str, str]] = []
        self.postings: list[NewPosting] = []
        self.takings: list[Taking] = []
        self.guided: list[Guided] = []
        self.changes: dict[int, tuple[int, int]] = {}
        self.written = 0  # decisions whose receipts are written
        self._dues = ContactDues(world)
        self._steps: dict[int, GroupStep] = {}
        self._shares: dict[int, tuple[object, Share]] = {}

    def run(self) -> Iterator[list[Placement]]:
        """Plan, lock, decide, apply; part by part."""
        readings = self._lock()
        # Under the locks: of two batches that touch a book the later one has the larger id.
        batch_id, receipt_ids = self._new_ids()
        always = self._moves_beyond_postings
        checkpoint_due(self.kept.values(), batch_id=batch_id, always=always)
        self._settle_members()
        for start in range(0, len(self.items), PART):
            part = slice(start, start + PART)
            rows = [
                self._decide(item, reading, receipt_id)
                for item, reading, receipt_id in zip(
                    self.items[part], readings[part], receipt_ids[part], strict=True
                )
            ]
            self._write_part(batch_id, rows)
            yield [placement for placement, _, _ in rows]
        crashpoint("deal.parts_written")
        self._write_whole(batch_id)
        crashpoint("deal.booked")

    def _lock(self) -> list[Reading]:
        """Lock the books that these items can touch, and stand where they stand."""
        now, policy = self.roster.now, self.policy
        readings = [policy.read(item, now=now, clock=self.clock) for item in self.items]
        plans = {r: plan(r, policy, now=now, clock=self.clock) for r in dict.fromkeys(readings)}
        keys = {key for one in plans.values() for key in books_of(policy, one)}
        self.kept = lock_books(self.world.live.line_id, keys, grades=policy.grades)
        router = Router(
            policy,
            self.world.people.team,
            now=self.world.moment,
            seed=self.world.seed,
            books={key: kept.book for key, kept in self.kept.items()},
            loads=self._read_loads(),
            roster=self.roster,
        )
        self.router = router
        self.loads_before = (
            router.loads.as_loads([rep.id for rep in router.team.reps])
            if router.loads.has_limits
            else {}
        )
        self.writer = ReceiptWriter(router, every=0)
        return self._in_peace(readings)

    def _in_peace(self, readings: list[Reading]) -> list[Reading]:
        """The readings with what the customers' peace says, which nobody changes from now on."""
        if not self.rows:
            return readings
        terms = self.world.live.pools.peace
        items = [(item.kind.value, row) for item, row in zip(self.items, self.rows, strict=True)]
        if terms is not None:
            hold_customers(items)
        found = bars_on(items, terms, now=self.roster.now)
        return [
            replace(reading, bars=bars) if bars != reading.bars else reading
            for reading, bars in zip(readings, found, strict=True)
        ]

    def _decide(
        self, item: Item, reading: Reading, receipt_id: int
    ) -> tuple[Placement, Decision, str]:
        prepared = self.router.prepare(reading, self.router.draw(item.id, item.round))
        decision = self.router.route_prepared(
            item.id,
            prepared,
            round_=item.round,
            owner=self.policy.owner_of(item),
            with_places=True,
        )
        body = self._lines(decision, prepared)
        return self._place(item, decision, prepared, receipt_id), decision, body

    @property
    def _moves_beyond_postings(self) -> bool:
        """Whether the policy moves balances that no posting of a decision tells."""
        fairness = self.policy.parts.fairness
        return fairness.owed_limit is not None or fairness.catch_up.mode == "bounded"

    # -- before ----------------------------------------------------------------------------

    def _settle_members(self) -> None:
        departures = self.router.settle_members()
        self.script += self.writer.departures(departures)
        for key, booked in departures.items():
            kept = self.kept[key]
            self.postings += [posting_of(kept, one) for one in booked]

    def _new_ids(self) -> tuple[int, list[int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval('batch_id_seq'), array(SELECT nextval('receipt_id_seq')"
                " FROM generate_series(1, %s))",
                [len(self.items)],
            )
            batch_id, receipt_ids = cursor.fetchone()
        return batch_id, receipt_ids

    # -- what people carry -------------------------------------------------------------------

    def _read_loads(self) -> Mapping[str, Load]:
        return read_loads(self.roster, self.world.moment)

    def _open(self, takings: Sequence[Taking]) -> None:
        open_assignments(takings, at=self.world.now)

    def _carry(self) -> None:
        add_loads(self.changes, expected=self._expected_loads())

    # -- one decision ----------------------------------------------------------------------

    def _lines(self, decision: Decision, prepared: Prepared) -> str:
        """Note the shared lines in the script; returns the decision's own line."""
        *shared, own = self.writer.decision(decision, prepared)
        for line in shared:
            kind, number, body = split_line(line)
            self.bodies.append((kind, body))
            self.script.append([kind, number, (kind, digest_of(body))])
        self.script.append(0)
        return own

    def _place(
        self, item: Item, decision: Decision, prepared: Prepared, receipt_id: int
    ) -> Placement:
        kind, item_id = parse_item_key(item.id)
        rep_id = None if decision.rep_id is None else int(decision.rep_id)
        plan_ = prepared.plan
        if rep_id is not None:
            cause = decision.cause.value if decision.cause else ""
            self.takings.append(Taking(kind, item_id, rep_id, cause, plan_.points, receipt_id))
            if decision.mentor_id:
                self._guide(kind, item_id, rep_id, int(decision.mentor_id), receipt_id)
            count, points = self.changes.get(rep_id, (0, 0))
            self.changes[rep_id] = (count + 1, points + plan_.points)
        if decision.step >= 0:
            self._post(decision, kind, item_id, receipt_id)
        return Placement(
            kind=kind,
            item_id=item_id,
            state=_state_of(decision),
            rep_id=rep_id,
            pool=decision.where if decision.outcome is Outcome.POOLED else "",
            grade=plan_.grade,
            score=None if plan_.score is None else plan_.score.total,
            points=plan_.points,
            round=item.round + 1,
            cause=decision.cause.value if decision.cause else "",
            rule=decision.rule,
            why=why_unassigned(decision),
            escalated_to=decision.where if decision.outcome is Outcome.ESCALATED else "",
            mentor_id=int(decision.mentor_id) if decision.mentor_id else None,
            receipt_id=receipt_id,
            contact_due_at=self._due(kind, rep_id),
        )

    def _guide(
        self, kind: ItemKind, item_id: int, rep_id: int, mentor_id: int, receipt_id: int
    ) -> None:
        """Note who stands beside whoever got a stretch."""
        level = self.roster.level[self.roster.position[str(rep_id)]]
        stretch = level.level.stretch if level else None
        if stretch is not None:
            percent = stretch.mentor_percent
            self.guided.append(Guided(kind, item_id, rep_id, mentor_id, percent, receipt_id))

    def _due(self, kind: ItemKind, rep_id: int | None) -> datetime | None:
        if rep_id is None or kind is not ItemKind.LEAD:
            return None
        return self._dues.of(rep_id)

    def _post(self, decision: Decision, kind: ItemKind, item_id: int, receipt_id: int) -> None:
        step = self._step(decision.step)
        contest = step.contest
        assert contest is not None and decision.rep_id is not None
        kept = self.kept[decision.book]
        known = self._shares.get(step.number)
        if known is None or known[0] is not contest:
            known = (contest, _share_of(step))
            self._shares[step.number] = known
        is_dealt = decision.cause in (Cause.FAIR_SHARE, Cause.ROTATION)
        self.postings.append(
            NewPosting(
                book_id=kept.id,
                number=kept.next_number(),
                act=(Act.DEALT if is_dealt else Act.CHARGED).value,
                row=contest.row,
                item_kind=kind.value,
                item_id=item_id,
                taker_id=int(decision.rep_id),
                points=contest.points,
                share=known[1],
                moves=None,
                sequence=decision.sequence,
                last_before=decision.last_before,
                receipt_id=receipt_id,
            )
        )

    def _step(self, number: int) -> GroupStep:
        if number not in self._steps:
            self._steps = {one.number: one for one in self.router.contests.steps.values()}
        return self._steps[number]

    # -- after -----------------------------------------------------------------------------

    def _write_part(self, batch_id: int, rows: Sequence[tuple[Placement, Decision, str]]) -> None:
        """What each decision has of its own: receipts, postings, assignments."""
        self._write_receipts(batch_id, rows)
        self.written += len(rows)
        write_postings(self.postings, at=self.world.now)
        self._open(self.takings)
        write_guidance(self.guided, at=self.world.now)
        self.postings, self.takings, self.guided = [], [], []

    def _write_whole(self, batch_id: int) -> None:
        """What they have in common: the batch, books and loads."""
        team_key = ("team", self.world.people.digest)
        ids = shared_ids([*self.bodies, ("team", self.world.people.body)])
        script = [
            [line[0], line[1], ids[line[2]]] if isinstance(line, list) else line
            for line in self.script
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO batch (id, line_id, policy_id, aspect, team_id, engine, at, books,"
                " loads, script) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    batch_id,
                    self.world.live.line_id,
                    self.world.live.version_id,
                    self.world.live.aspect,
                    ids[team_key],
                    __version__,
                    self.world.moment,
                    json.dumps({key: [kept.id, kept.first] for key, kept in self.kept.items()}),
                    json.dumps(self._stored_loads()),
                    json.dumps(script),
                ],
            )
        write_books(self.kept.values())
        self._carry()

    def _stored_loads(self) -> dict[str, Any]:
        """Loads as they were before, of everybody whom these decisions could ask about."""
        if not self.router.loads.has_limits:
            return {}
        asked = {who for kept in self.kept.values() for who in kept.book.members}
        asked |= {str(rep) for rep in self.changes}
        named = any(ready.group is None for ready in self.policy.rules)
        found = self.loads_before
        return loads_to_json(found if named else {who: found[who] for who in asked & set(found)})

    def _expected_loads(self) -> dict[int, tuple[int, int]] | None:
        loads = self.router.loads
        if not loads.has_limits:
            return None
        position = self.roster.position
        return {
            rep: (loads.open_count[position[str(rep)]], loads.open_points[position[str(rep)]])
            for rep in self.changes
        }

    def _write_receipts(
        self, batch_id: int, rows: Sequence[tuple[Placement, Decision, str]]
    ) -> None:
        books = {key: kept.id for key, kept in self.kept.items()}
        insert_rows(
            "receipt",
            _RECEIPT,
            [
                (
                    one.receipt_id,
                    position,
                    one.kind.value,
                    one.item_id,
                    decision.round,
                    decision.outcome.value,
                    one.cause,
                    one.rule,
                    one.rep_id,
                    books.get(decision.book),
                    one.grade,
                    one.points,
                    body,
                )
                for position, (one, decision, body) in enumerate(rows, start=self.written)
            ],
            same={
                "batch_id": batch_id,
                "line_id": self.world.live.line_id,
                "at": self.world.now,
            },
        )


class _WorkBatch(_Batch):
    """One run for to-dos: who holds them and what people carry of them, others keep."""

    def __init__(self, world: World, items: Sequence[Item], carried: Carried) -> None:
        super().__init__(world, items)
        self.carried = carried

    def _read_loads(self) -> Mapping[str, Load]:
        if are_unlimited(self.roster.limits):
            return {}
        return self.carried()

    def _open(self, takings: Sequence[Taking]) -> None:
        """A to-do is no assignment: its own row says who has it."""

    def _carry(self) -> None:
        """Nor does it count among the items that people carry."""


_RECEIPT = {
    "id": "bigint",
    "position": "int",
    "item_kind": "text",
    "item_id": "bigint",
    "round": "int",
    "outcome": "text",
    "cause": "text",
    "rule": "text",
    "rep_id": "bigint",
    "book_id": "bigint",
    "grade": "text",
    "points": "bigint",
    "body": "text",
}


def _share_of(step: GroupStep) -> Share:
    """Who is credited with how much for an item of this step's contest."""
    contest = step.contest
    assert contest is not None
    names = [int(one) for one in step.book.members]
    if contest.everyone is None and contest.positions is not None:
        names = [names[int(k)] for k in contest.positions]
    amounts = contest.shares if contest.everyone is None else contest.everyone
    return Share(tuple(names), tuple(int(one) for one in amounts))


def _state_of(decision: Decision) -> str:
    match decision.outcome:
        case Outcome.ASSIGNED:
            return State.OWNED
        case Outcome.POOLED:
            return State.POOLED
    return State.QUEUED
