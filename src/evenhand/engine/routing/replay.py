"""Recompute every decision of a receipt file and say where it differs, byte for byte."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.engine.reasons import reason
from evenhand.engine.routing.decide import CannotPlace, Router
from evenhand.engine.routing.edits import edit_from_json, edit_lines
from evenhand.engine.routing.planned import Whole, check, decide_planned
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.receipt import CHECKPOINT_EVERY, ReceiptWriter, books_from_json
from evenhand.engine.routing.stored import loads_from_json, team_from_json

MOST_DIFFERENCES = 100

LoadPolicy = Callable[[Mapping[str, Any]], Policy]


class UnreadableReceipts(Exception):
    """The file is not a receipt file, or breaks off in the middle; `line` counts from 1."""

    def __init__(self, line_number: int, what: str) -> None:
        super().__init__(f"receipts, line {line_number}: {what}")
        self.reason = reason("receipts.unreadable", line=line_number or None)
        self.line_number = line_number
        self.what = what


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that says something other than the recomputation."""

    line_number: int
    stored: str
    recomputed: str


@dataclass
class ReplayReport:
    """What a replay found. `differences` holds the first hundred; `different` counts all."""

    runs: int = 0
    decisions: int = 0
    edits: int = 0
    different: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_identical(self) -> bool:
        """Whether every line was recomputed byte for byte."""
        return self.different == 0

    def differ(self, line_number: int, stored: str, recomputed: str) -> None:
        """Note a line that differs."""
        self.different += 1
        if len(self.differences) < MOST_DIFFERENCES:
            self.differences.append(Difference(line_number, stored, recomputed))


class _Run:
    """One run of a receipt file while it is being replayed."""

    def __init__(self, opening: Mapping[str, Any]) -> None:
        self.opening = opening
        self.document: Mapping[str, Any] = {}
        self.team: Mapping[str, Any] = {}
        self.readings: list[Reading] = []
        self.router: Router | None = None
        self.writer: ReceiptWriter | None = None
        # Who gets what by the plans read so far, until it is decided; None = left over.
        self.planned: dict[str, str | None] = {}
        self.whole: Whole | None = None

    def started(self, line_number: int) -> Router:
        """The router as it stands.

        :raises UnreadableReceipts: there is no state to start from.
        """
        if self.router is None:
            raise UnreadableReceipts(line_number, "comes before the start line of its run")
        return self.router

    def start(self, state: Mapping[str, Any], load_policy: LoadPolicy) -> list[str]:
        """Set the router up as it stood; returns the lines that follow from settling members."""
        self.router = Router(
            load_policy(self.document),
            team_from_json(self.team),
            now=datetime.fromisoformat(self.opening["now"]),
            seed=self.opening["seed"],
            books=books_from_json(state["books"]),
            loads=loads_from_json(state["loads"]),
        )
        self.writer = ReceiptWriter(
            self.router,
            is_compact=self.opening["compact"],
            every=self.opening.get("every", CHECKPOINT_EVERY),
        )
        opening = self.writer.opening(self.document, self.opening["engine"])
        return [*opening, *self.writer.departures(self.router.settle_members())]

    def decide(self, data: Mapping[str, Any], reading: Reading) -> list[str]:
        """Take a stored decision again; returns its lines."""
        assert self.router is not None and self.writer is not None
        item_id, round_ = data["i"], data.get("round", 0)
        prepared = self.router.prepare(reading, self.router.draw(item_id, round_))
        if item_id in self.planned:
            rep_id = self.planned.pop(item_id)
            try:
                decision = decide_planned(self.router, item_id, prepared, rep_id)
            except CannotPlace:
                # The plan's own line was reported already; go on from something possible.
                decision = self.router.leave_over(item_id, prepared)
            if self.whole is not None and self.whole.close_with(item_id):
                self.whole = None
            return self.writer.decision(decision, prepared)
        decision = self.router.route_prepared(
            item_id,
            prepared,
            round_=round_,
            owner=data.get("o", ""),
            with_places=not self.writer.is_compact,
        )
        return self.writer.decision(decision, prepared)

    def checkpoint(self, line_number: int) -> list[str]:
        """The checkpoint that vouches for the end of a compact file.

        :raises UnreadableReceipts: there is no state to start from.
        """
        self.started(line_number)
        assert self.writer is not None
        return self.writer.checkpoint()

    def plan(self, data: Mapping[str, Any]) -> list[str]:
        """Check a stored plan against the books as they stand; returns its lines."""
        assert self.router is not None and self.writer is not None
        router = self.router
        items = [
            (item_id, router.prepare(self.readings[number], router.draw(item_id)))
            for item_id, number in zip(data["items"], data["c"], strict=True)
        ]
        plan = check(router, items, data)
        self.planned.update(plan.places)
        self.whole = None if plan.kind == "sequence" else Whole(router, plan)
        return self.writer.plan(plan)


def replay(lines: Iterable[str], load_policy: LoadPolicy) -> ReplayReport:
    """Recompute a receipt file.

    `load_policy` turns a policy document into a policy ready to decide.

    :raises UnreadableReceipts: the file is damaged where nothing can be recomputed.
    """
    report = ReplayReport()
    for _ in replay_steps(lines, load_policy, report):
        pass
    return report


def replay_steps(
    lines: Iterable[str], load_policy: LoadPolicy, report: ReplayReport
) -> Iterator[tuple[int, Router, Mapping[str, Any]]]:
    """Recompute step by step: line number, router and data just before each decision is taken.

    Explaining one decision is stopping here at the right item.
    """
    run: _Run | None = None
    waiting: list[tuple[int, str]] = []  # stored lines not compared yet
    expected: list[str] = []  # recomputed lines not compared yet

    def compare() -> None:
        while waiting and expected:
            number, stored = waiting.pop(0)
            recomputed = expected.pop(0)
            if stored != recomputed:
                report.differ(number, stored, recomputed)

    number = 0
    for number, text in enumerate(lines, start=1):
        stored = text.rstrip("\n")
        if not stored:
            continue
        data = _parse(number, stored)
        kind = data.get("t")
        waiting.append((number, stored))
        if kind == "run":
            _finish(waiting[:-1], expected, report)
            waiting, expected = waiting[-1:], []
            run = _Run(data)
            report.runs += 1
            continue
        if run is None:
            raise UnreadableReceipts(number, "a receipt file begins with a run line")
        if kind == "decision":
            yield number, run.started(number), data
        try:
            if kind == "policy":
                run.document = data["document"]
            elif kind == "team":
                run.team = data
            elif kind == "start":
                expected += run.start(data, load_policy)
            elif kind == "class":
                run.readings.append(Reading.from_json(data["reading"]))
            elif kind == "plan":
                expected += run.plan(data)
            elif kind == "decision":
                expected += run.decide(data, run.readings[data["c"]])
                report.decisions += 1
            elif kind == "checkpoint" and not expected:
                expected += run.checkpoint(number)
            elif kind == "edit":
                expected += edit_lines(run.started(number), edit_from_json(data))
                report.edits += 1
        except UnreadableReceipts:
            raise
        except Exception as error:
            # Whatever a damaged line makes fail, and where: the file comes from outside.
            raise UnreadableReceipts(number, f"{type(error).__name__}: {error}") from error
        compare()
    _finish(waiting, expected, report)
    if report.runs == 0:
        raise UnreadableReceipts(max(number, 1), "no run line: this is not a receipt file")


def _finish(waiting: list[tuple[int, str]], expected: list[str], report: ReplayReport) -> None:
    """Whatever has no counterpart differs from nothing."""
    for number, stored in waiting:
        report.differ(number, stored, expected.pop(0) if expected else "")
    for recomputed in expected:
        report.differ(0, "", recomputed)


def _parse(number: int, text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReceipts(number, f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise UnreadableReceipts(number, "not a JSON object")
    return data
