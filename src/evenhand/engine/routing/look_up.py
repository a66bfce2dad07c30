"""Find items again in a receipt file: who has them, what they cost, and every posting so far."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.engine.facts import POINT
from evenhand.engine.ledger.bookings import Act, Posting
from evenhand.engine.ledger.split import split
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.receipt import books_from_json
from evenhand.engine.routing.replay import LoadPolicy
from evenhand.engine.routing.stored import team_from_json


@dataclass
class Dealt:
    """One item as a receipt file knows it.

    `weights` are those who were credited when it was dealt, or would have been had there been
    room; they share what later acts credit. `postings` are all that have not been taken back, in
    this book, from every round in which the item was dealt.
    """

    item_id: str
    outcome: str
    rep_id: str = ""
    book: str = ""
    grade: str = ""
    row: int = 0
    points: int = 0
    weights: dict[str, int] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)

    def apply(self, edit: Mapping[str, Any]) -> None:
        """Bring this up to date with a later `edit` line."""
        self.postings += [Posting.from_json(posting) for posting in edit["postings"]]
        match edit["act"]:
            case "void":
                self.outcome, self.rep_id, self.postings = "void", "", []
            case "return":
                self.outcome, self.rep_id = "returned", ""
            case "transfer" | "assign" | "claim":
                self.outcome, self.rep_id = "assigned", edit["to"]


class _Run:
    """One run of the file: its router as it began, only asked who may, and its shared rows."""

    def __init__(self, opening: Mapping[str, Any]) -> None:
        self.opening = opening
        self.document: Mapping[str, Any] = {}
        self.team: Mapping[str, Any] = {}
        self.classes: list[str] = []
        self.full: list[frozenset[str]] = []
        self.books: Mapping[str, Any] = {}
        self._router: Router | None = None

    def router(self, load_policy: LoadPolicy) -> Router:
        if self._router is None:
            self._router = Router(
                load_policy(self.document),
                team_from_json(self.team),
                now=datetime.fromisoformat(self.opening["now"]),
                seed=self.opening["seed"],
                books=books_from_json(self.books),
            )
            self._router.settle_members()
        return self._router


def find_dealt(
    lines: Iterable[str], wanted: Collection[str], load_policy: LoadPolicy
) -> dict[str, Dealt]:
    """The wanted items, as the file's last word on each has them.

    :raises ValueError, KeyError: a line is not one of a receipt file.
    """
    found: dict[str, Dealt] = {}
    run: _Run | None = None
    for line in lines:
        kind = line[6 : line.find('"', 6)]
        if kind == "run":
            run = _Run(json.loads(line))
        if run is None:
            raise ValueError("a receipt file begins with a run line")
        if kind == "policy":
            run.document = json.loads(line)["document"]
        elif kind == "team":
            run.team = json.loads(line)
        elif kind == "start":
            run.books = json.loads(line)["books"]
        elif kind == "class":
            run.classes.append(line)
        elif kind == "full":
            run.full.append(frozenset(rep_id for rep_id, _ in json.loads(line)["who"]))
        elif kind in ("decision", "edit"):
            data = json.loads(line)
            if data["i"] in wanted:
                if kind == "decision":
                    before = found.get(data["i"])
                    found[data["i"]] = dealt = _dealt(data, run, load_policy)
                    # Dealt again after a return: what the first round left is still booked.
                    if before is not None and before.book == dealt.book:
                        dealt.postings[:0] = before.postings
                elif data["i"] in found:
                    found[data["i"]].apply(data)
    return found


def last_seed(lines: Iterable[str]) -> str:
    """The seed of the last run of a receipt file.

    :raises ValueError, KeyError: its line is not one of a receipt file.
    """
    last = ""
    for line in lines:
        if line.startswith('{"t":"run",'):
            last = line
    return str(json.loads(last)["seed"])


def _dealt(data: Mapping[str, Any], run: _Run, load_policy: LoadPolicy) -> Dealt:
    router = run.router(load_policy)
    reading = Reading.from_json(json.loads(run.classes[data["c"]])["reading"])
    item_id = data["i"]
    prepared = router.prepare(reading, router.draw(item_id, data.get("round", 0)))
    dealt = Dealt(
        item_id=item_id,
        outcome=data.get("outcome", "assigned"),
        rep_id=data.get("rep") or "",
        grade=prepared.plan.grade,
        points=prepared.plan.points,
    )
    # Where everybody was full, nobody was credited; a manager who assigns it credits them all.
    was_dealt = dealt.outcome == "assigned" and "full" in data
    full = run.full[data["full"]] if was_dealt else frozenset[str]()
    deciding = next((r.position for r in prepared.plan.rules if r.rule.rule == data["rule"]), 0)
    shared = [
        ready
        for ready in prepared.plan.rules
        if ready.group is not None and ready.position >= deciding
    ]
    # What was handed over is credited by the first rule from there on that could share it.
    by_right = dealt.outcome == "assigned" and "cause" in data
    if not by_right:
        shared = [ready for ready in shared if ready.position == deciding]
    for ready in shared:
        step = router.step(prepared, ready)
        if not step.field.candidates or (step.by_count and by_right):
            continue
        dealt.book = step.book_key
        dealt.row = 0 if step.by_count else step.book.row(dealt.grade)
        dealt.weights = {
            one.rep_id: one.weight.weight for one in step.field.candidates if one.rep_id not in full
        }
        if "posting" in data:
            dealt.postings.append(Posting.from_json(data["posting"]))
        elif "s" in data:
            dealt.postings.append(_posting(dealt, data, POINT if step.by_count else dealt.points))
        break
    return dealt


def _posting(dealt: Dealt, data: Mapping[str, Any], points: int) -> Posting:
    """The posting of a decision, worked out from its field: what was booked, to the micro-point."""
    names = sorted(dealt.weights)
    shares = split(points, [dealt.weights[name] for name in names])
    credited = tuple(zip(names, shares, strict=True))
    moves = dict(credited)
    moves[dealt.rep_id] = moves.get(dealt.rep_id, 0) - points
    return Posting(
        act=Act.CHARGED if "cause" in data else Act.DEALT,
        row=dealt.row,
        moves=tuple(sorted((who, amount) for who, amount in moves.items() if amount)),
        item_id=dealt.item_id,
        taker=dealt.rep_id,
        points=points,
        credited=credited,
        sequence=data["s"],
        last_before=data.get("b", 0),
    )
