"""One run of `evenhand route`: every row of the leads sheet ends in exactly one place."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from evenhand import __version__
from evenhand.cli.route.history import History
from evenhand.cli.route.leads import LeadSheet, RowReader, company_key, is_blank, made_id
from evenhand.cli.route.state import State
from evenhand.cli.route.team import BadCell, TeamSheet
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Prepared, Router
from evenhand.engine.routing.decision import Decision, Outcome
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.sheets.reading.rows import Row


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
    classes: Counter[int] = field(default_factory=Counter)  # class number → items
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
        self.owners = {**history.owners, **state.owners}
        loads = {**team.loads, **state.loads}
        self.router = Router(
            self.policy, team.team, now=now, seed=state.seed, books=state.books, loads=loads
        )
        self.reader = RowReader(sheet, self.policy, self.router.roster.zone)
        self.writer = ReceiptWriter(self.router, is_compact=is_compact)
        self.tally = Tally()
        # Where the books stood before the first row: book → person → micro-points owed.
        self.balances_before: dict[str, dict[str, int]] = {}
        self.departures: dict[str, list[Posting]] = {}
        self._owned = self.policy.reads_company_owner and self.reader.company is not None
        self._seen: dict[str, dict[str, int]] = {"id": {}, "phone": {}, "email": {}}
        self._left: list[tuple[str, str | None, str | None]] = []  # unassigned: dealt again
        self._known: dict[Any, Prepared] = {}
        self._key: Callable[[Row], Any] = self.reader.key()

    def opening(self) -> list[str]:
        """The first lines of the receipts; call once, before the rows."""
        lines = self.writer.opening(self.document.as_plain(), __version__)
        self.departures = self.router.settle_members()
        self.balances_before = {
            key: dict(zip(book.members, book.owed.tolist(), strict=True))
            for key, book in self.router.books.items()
        }
        return [*lines, *self.writer.departures(self.departures)]

    def results(self) -> Iterator[Result]:
        """Every row with data, in the order of the file, with what became of it."""
        for number, row in self.sheet.table.rows():
            if is_blank(row):
                continue
            self.tally.rows += 1
            result = self._result(number, row)
            self._count(result)
            yield result

    def _result(self, number: int, row: Row) -> Result:
        item_id, phone, email, wrong = self.reader.identity_of(row)
        repeated = self._repeated(number, row, item_id, phone, email)
        if repeated is not None:
            return repeated
        if item_id is None and wrong and phone is None and email is None:
            cells = tuple(BadCell(number, one.column, one.value, one.reason) for one in wrong)
            return Rejected(number, row, cells)
        name = item_id or made_id(row, phone, email)
        prepared = self._prepared(number, row, name)
        if not isinstance(prepared, Prepared):
            return Rejected(number, row, tuple(prepared))
        decision = self.router.route_prepared(
            name, prepared, with_places=not self.writer.is_compact
        )
        self._remember(number, row, name, phone, email, decision)
        return Routed(number, row, name, prepared, decision)

    def _repeated(
        self, number: int, row: Row, item_id: str | None, phone: str | None, email: str | None
    ) -> Repeated | None:
        for kind, value in (("id", item_id), ("phone", phone), ("email", email)):
            if value is None:
                continue
            first = self._seen[kind].get(value)
            if first is not None:
                why = reason(f"route.duplicate_{kind}", first_row=first)
                return Repeated(number, row, item_id or "", why)
        if self.state.runs and self._was_routed(row, item_id, phone, email):
            why = reason("route.already_routed", id=item_id or made_id(row, phone, email))
            return Repeated(number, row, item_id or "", why)
        return None

    def _was_routed(
        self, row: Row, item_id: str | None, phone: str | None, email: str | None
    ) -> bool:
        state = self.state
        return (
            (item_id or made_id(row, phone, email)) in state.routed
            or (phone is not None and state.digest("phone", phone) in state.keys)
            or (email is not None and state.digest("email", email) in state.keys)
        )

    def _prepared(self, number: int, row: Row, name: str) -> Prepared | list[BadCell]:
        owner = None
        if self._owned:
            assert self.reader.company is not None
            company = self.reader.company(row)
            owner = self.owners.get(company_key(company)) if isinstance(company, str) else None
        stretches = self.router.has_stretches
        key = (self._key(row), owner)
        known = None if stretches else self._known.get(key)
        if known is None:
            item = self.reader.item(number, row, name, self.owners)
            if isinstance(item, list):
                return item
            reading = self.policy.read(item, now=self.router.now, clock=self.router.clock)
            known = self.router.prepare(reading, self.router.draw(name))
            if not stretches:
                self._known[key] = known
        return known

    def _remember(
        self,
        number: int,
        row: Row,
        name: str,
        phone: str | None,
        email: str | None,
        decision: Decision,
    ) -> None:
        seen = self._seen
        seen["id"][name] = number
        if phone is not None:
            seen["phone"][phone] = number
        if email is not None:
            seen["email"][email] = number
        if decision.outcome not in SETTLED:
            self._left.append((name, phone, email))
        if self._owned and decision.rep_id is not None:
            assert self.reader.company is not None
            company = self.reader.company(row)
            if isinstance(company, str):
                self.owners.setdefault(company_key(company), decision.rep_id)

    def _count(self, result: Result) -> None:
        tally = self.tally
        if isinstance(result, Repeated):
            tally.repeated += 1
            return
        if isinstance(result, Rejected):
            tally.rejected += 1
            return
        decision, plan = result.decision, result.prepared.plan
        tally.outcomes[decision.outcome] += 1
        tally.classes[result.prepared.number] += 1
        if decision.rule:
            tally.rules[decision.rule] += 1
        if decision.rep_id is not None:
            tally.received[decision.rep_id, plan.grade] += 1
            tally.points[decision.rep_id] += plan.points
        else:
            code = decision.tried[-1].why.code if decision.tried else ""
            tally.unassigned[decision.outcome.value, code] += 1

    def settle_state(self) -> State:
        """The state after the run. What stays unassigned is not remembered: it is dealt again."""
        state = self.state
        ids, phones, emails = (set(self._seen[kind]) for kind in ("id", "phone", "email"))
        for name, phone, email in self._left:
            ids.discard(name)
            phones.discard(phone or "")
            emails.discard(email or "")
        return State(
            seed=state.seed,
            runs=state.runs + 1,
            books=self.router.books,
            loads=self.router.loads.as_loads([rep.id for rep in self.router.team.reps]),
            owners=self.owners,
            routed=state.routed | ids,
            keys=state.keys
            | {state.digest("phone", key) for key in phones}
            | {state.digest("email", key) for key in emails},
        )


def team_names(team: TeamSheet) -> dict[str, str]:
    """Display names by id."""
    return {rep.id: rep.name or rep.id for rep in team.team.reps}


def paths_in(folder: Path) -> dict[str, Path]:
    """The files that a run writes."""
    return {
        name: folder / name
        for name in (
            "assignments.csv",
            "assignments.xlsx",
            "receipts.jsonl",
            "report.html",
            "rejected.csv",
            "duplicates.csv",
            "policy.yaml",
            "team.json",
            "state.json",
        )
    }
