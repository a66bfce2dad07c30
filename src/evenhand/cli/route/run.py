"""One run of `evenhand route`: every row of the leads sheet ends in exactly one place."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from evenhand import __version__
from evenhand.cli.route.history import History
from evenhand.cli.route.identity import row_key
from evenhand.cli.route.leads import LeadSheet, RowReader
from evenhand.cli.route.owners import CompanyOwners
from evenhand.cli.route.seen import KINDS, Seen
from evenhand.cli.route.state import State
from evenhand.cli.route.team import BadCell, TeamSheet
from evenhand.engine.facts import NO_LOAD, Load
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision, Outcome
from evenhand.engine.routing.policy import OWNED, Policy
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.engine.routing.section import Pool
from evenhand.engine.routing.situation import Prepared
from evenhand.sheets.reading.rows import Batch, LeftOut, Row


@dataclass(frozen=True, slots=True)
class Routed:
    """A row that was decided."""

    number: int
    row: Row
    item_id: str
    prepared: Prepared
    decision: Decision


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that is a lead already seen: in this file, or in an earlier run."""

    number: int
    row: Row
    item_id: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be used, with the cells that were wrong."""

    number: int
    row: Row
    cells: tuple[BadCell, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A row that is a lead to be dealt: its id, and phone and mail if it has any."""

    number: int
    row: Row
    name: str
    phone: str | None
    email: str | None


Result = Routed | Repeated | Rejected

# What need not be dealt again next time.
SETTLED = frozenset({Outcome.ASSIGNED, Outcome.POOLED})


@dataclass
class Tally:
    """What became of a run, counted while it goes."""

    rows: int = 0
    repeated: int = 0
    rejected: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    received: Counter[tuple[str, str]] = field(default_factory=Counter)  # (rep, grade) → items
    points: Counter[str] = field(default_factory=Counter)  # rep → micro-points
    meant_for_pool: int = 0  # a rule deals such leads to a pool: nothing is left to do
    unassigned: Counter[tuple[str, str]] = field(default_factory=Counter)  # (outcome, code)


class Run:
    """Routes a leads sheet row by row. Mutable: the router's books, the state and the tally."""

    def __init__(
        self,
        *,
        sheet: LeadSheet,
        team: TeamSheet,
        document: PolicyDocument,
        state: State,
        history: History,
        now: datetime,
        is_compact: bool,
    ) -> None:
        self.sheet = sheet
        self.state = state
        self.document = document
        self.policy = Policy(document)
        self.owners = CompanyOwners(state, history.owners)
        loads = open_loads(team, state)
        self.router = Router(
            self.policy, team.team, now=now, seed=state.seed, books=state.books, loads=loads
        )
        self.reader = RowReader(sheet, self.policy, self.router.roster.zone)
        self.writer = ReceiptWriter(self.router, is_compact=is_compact)
        self.tally = Tally()
        # Where the books stood before the first row: book → person → micro-points owed.
        self.balances_before: dict[str, dict[str, int]] = {}
        self.departures: dict[str, list[Posting]] = {}
        self.asks_for_owner = self.policy.reads_company_owner and self.reader.company is not None
        self.seen = Seen()
        self._alike: Counter[str] = Counter()  # rows without id, phone or mail, by made id
        self._left: list[tuple[str, str | None, str | None]] = []  # unassigned: dealt again
        self._known: dict[Any, Prepared] = {}
        self.key_of: Callable[[Row], Any] = self.reader.key()

    def opening(self) -> list[str]:
        """The first lines of the receipts; call once, before the rows."""
        lines = self.writer.opening(self.document.as_plain(), __version__)
        self.departures = self.router.settle_members()
        self.balances_before = {
            key: dict(zip(book.members, book.owed.tolist(), strict=True))
            for key, book in self.router.books.items()
        }
        return [*lines, *self.writer.departures(self.departures)]

    def rows_of(self, batch: Batch) -> Iterator[Result]:
        """The rows of a batch, in the order of the file, with what became of each."""
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            yield self.result(number, row)

    def result(self, number: int, row: Row) -> Result:
        """One row with what became of it."""
        self.tally.rows += 1
        result = self._result(number, row)
        self.count(result)
        return result

    def left_out(self, rows: Iterable[LeftOut]) -> Iterator[Rejected]:
        """The rows with data that could not even be read, after a whole pass."""
        for one in rows:
            if one.is_rejected:
                self.tally.rows += 1
                self.tally.rejected += 1
                yield Rejected(one.number, one.cells, (BadCell(one.number, "", "", one.reason),))

    def _result(self, number: int, row: Row) -> Result:
        known = self.identify(number, row)
        return self.decided(known) if isinstance(known, Known) else known

    def identify(self, number: int, row: Row) -> Known | Repeated | Rejected:
        """Which lead a row is, or why it is none to be dealt."""
        item_id, phone, email, wrong = self.reader.identities.of(row)
        if item_id is None and phone is None and email is None:
            # A masked phone identifies nobody, but there is somebody behind it.
            unusable = [one for one in wrong if not one.reason.code.endswith("_masked")]
            if unusable:
                cells = (BadCell(number, one.column, one.value, one.reason) for one in unusable)
                return Rejected(number, row, tuple(cells))
        name = item_id or self._made_id(row, phone, email)
        repeated = self._repeated(number, row, item_id, name, phone, email)
        if repeated is not None:
            return repeated
        return Known(number, row, name, phone, email)

    def new_result(self, known: Known) -> Result:
        """`result` for a lead that is known to be new and that the caller adds to those seen."""
        self.tally.rows += 1
        result = self.decided(known, is_added=True)
        self.count(result)
        return result

    def decided(self, known: Known, *, is_added: bool = False) -> Routed | Rejected:
        """Decide a lead, in its turn; `is_added` = the caller adds it to those seen."""
        prepared = self.prepared(known)
        if not isinstance(prepared, Prepared):
            return prepared
        decision = self.router.route_prepared(
            known.name,
            prepared,
            owner=self.owner_of(known.row) if self.policy.owner_is_apart else "",
            with_places=not self.writer.is_compact,
        )
        if not is_added:
            self.see(known)
        return self.remember(known, prepared, decision)

    def prepared(self, known: Known) -> Prepared | Rejected:
        """What the rules see of a lead, or the cells that are wrong."""
        found = self._prepared(known.number, known.row, known.name)
        if isinstance(found, Prepared):
            return found
        return Rejected(known.number, known.row, tuple(found))

    def _made_id(self, row: Row, phone: str | None, email: str | None) -> str:
        """An id for a row without one. Rows that look alike are told apart by their order."""
        made = self.state.made_id(row_key(row, phone, email))
        if phone is not None or email is not None:
            return made
        self._alike[made] += 1
        return made if self._alike[made] == 1 else f"{made}-{self._alike[made]}"

    def _repeated(
        self,
        number: int,
        row: Row,
        item_id: str | None,
        name: str,
        phone: str | None,
        email: str | None,
    ) -> Repeated | None:
        for kind, value in (("id", item_id), ("phone", phone), ("email", email)):
            if value is None:
                continue
            first = self.seen.first_row(kind, value)
            if first is not None:
                why = reason(f"route.duplicate_{kind}", first_row=first)
                return Repeated(number, row, item_id or "", why)
        if self.state.runs and self.state.was_dealt(name, phone, email):
            return Repeated(number, row, name, reason("route.already_routed", id=name))
        return None

    def _prepared(self, number: int, row: Row, name: str) -> Prepared | list[BadCell]:
        owner = self.owner_of(row)
        if owner and self.policy.owner_is_apart:
            owner = OWNED
        stretches = self.router.has_stretches
        key = (self.key_of(row), owner)
        known = None if stretches else self._known.get(key)
        if known is None:
            item = self.reader.item(number, row, name, self.owners.of)
            if isinstance(item, list):
                return item
            reading = self.policy.read(item, now=self.router.now, clock=self.router.clock)
            known = self.router.prepare(reading, self.router.draw(name))
            if not stretches:
                self._known[key] = known
        return known

    def owner_of(self, row: Row) -> str:
        """Who looks after the company of this row; "" = nobody, or the policy does not ask."""
        if not self.asks_for_owner:
            return ""
        return self.owners.of(self.reader.identities.company_key_of(row)) or ""

    def see(self, known: Known) -> None:
        """From here on, another row of this lead is a repetition."""
        self.seen.add(known.number, (known.name, known.phone, known.email))

    def remember(self, known: Known, prepared: Prepared, decision: Decision) -> Routed:
        """Keep what became of a lead."""
        if decision.outcome not in SETTLED:
            self._left.append((known.name, known.phone, known.email))
        if self.asks_for_owner and decision.rep_id is not None:
            firm = self.reader.identities.company_key_of(known.row)
            if firm and not self._is_active(self.owners.of(firm)):
                self.owners.known[firm] = decision.rep_id
        return Routed(known.number, known.row, known.name, prepared, decision)

    def firm_of(self, row: Row) -> str:
        """The company of this row; "" = none, or the policy does not ask who looks after it."""
        return self.reader.identities.company_key_of(row) if self.asks_for_owner else ""

    def _is_active(self, rep_id: str | None) -> bool:
        """Whether this is somebody of the team who has not left: he keeps what he looks after."""
        position = self.router.roster.position.get(rep_id or "")
        return position is not None and self.router.team.reps[position].is_active

    def count(self, result: Result) -> None:
        """Add a row to the tally."""
        tally = self.tally
        if isinstance(result, Repeated):
            tally.repeated += 1
            return
        if isinstance(result, Rejected):
            tally.rejected += 1
            return
        decision, plan = result.decision, result.prepared.plan
        tally.outcomes[decision.outcome] += 1
        if decision.rule:
            tally.rules[decision.rule] += 1
        if decision.rep_id is not None:
            tally.received[decision.rep_id, plan.grade] += 1
            tally.points[decision.rep_id] += plan.points
        else:
            code = decision.tried[-1].why.code if decision.tried else ""
            tally.unassigned[decision.outcome.value, code] += 1
            tally.meant_for_pool += decision.outcome is Outcome.POOLED and any(
                ready.rule.rule == decision.rule and isinstance(ready.rule.to, Pool)
                for ready in plan.rules
            )

    def settle_state(self) -> State:
        """The state after the run. What stays unassigned is not remembered: it is dealt again."""
        state = self.state
        left = [{marks[place] for marks in self._left} for place in range(len(KINDS))]
        ids, phones, emails = (
            [mark for mark in self.seen.all(kind) if mark not in undone]
            if undone
            else self.seen.all(kind)
            for kind, undone in zip(KINDS, left, strict=True)
        )
        keys = [*state.digests("phone", phones), *state.digests("email", emails)]
        own = dict.fromkeys(map(state.own_id, ids))
        return State(
            seed=state.seed,
            salt=state.salt,
            runs=state.runs + 1,
            books=self.router.books,
            loads=self.router.loads.as_loads([rep.id for rep in self.router.team.reps]),
            owners=self.owners.digests(),
            routed={**state.routed, **own},
            returned={name: None for name in state.returned if name not in own},
            keys={**state.keys, **dict.fromkeys(keys)},
        )


def open_loads(team: TeamSheet, state: State) -> dict[str, Load]:
    """What everybody carries: the team sheet's word on open items, else the former run's."""
    said = {
        rep_id: replace(state.loads.get(rep_id, NO_LOAD), open_count=load.open_count)
        for rep_id, load in team.loads.items()
    }
    return {**state.loads, **said}


def team_names(team: TeamSheet) -> dict[str, str]:
    """Display names by id."""
    return {rep.id: rep.name or rep.id for rep in team.team.reps}
