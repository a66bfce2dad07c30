"""Find items again in a receipt file: who has them, what they cost, and every posting so far."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.engine.ledger.bookings import Act, Posting
from evenhand.engine.ledger.split import split


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


class _Tables:
    """The shared rows of one run."""

    def __init__(self) -> None:
        self.classes: list[Mapping[str, Any]] = []
        self.fields: list[Mapping[str, Any]] = []
        self.field_of: dict[tuple[int, str], Mapping[str, Any]] = {}
        self.full: list[frozenset[str]] = []
        self.grades: tuple[str, ...] = ()
        self.by_grade = True
        self.rows: dict[str, list[str]] = {}  # grades of the books there were, in their order

    def add(self, data: Mapping[str, Any]) -> None:
        match data["t"]:
            case "class":
                self.classes.append(data)
            case "field":
                self.fields.append(data)
                self.field_of[data["c"], data["rule"]] = data
            case "full":
                self.full.append(frozenset(rep_id for rep_id, _ in data["who"]))
            case "policy":
                document = data["document"]
                names = [step["grade"] for step in document["grades"]["thresholds"]]
                self.grades = tuple(dict.fromkeys([*names, document["grades"]["ungraded"]]))
                self.by_grade = document["fairness"]["grade_books"]
            case "start":
                self.rows = {key: book["grades"] for key, book in data["books"].items()}

    def row(self, book: str, grade: str) -> int:
        """The row of a grade in a book: as the book has it, else as the policy lists it."""
        if not self.by_grade or book.endswith("|count"):
            return 0
        return list(dict.fromkeys([*self.rows.get(book, ()), *self.grades])).index(grade)


def find_dealt(lines: Iterable[str], wanted: Collection[str]) -> dict[str, Dealt]:
    """The wanted items, as the file's last word on each has them.

    :raises ValueError, KeyError: a line is not one of a receipt file.
    """
    found: dict[str, Dealt] = {}
    tables = _Tables()
    for line in lines:
        kind = line[6 : line.find('"', 6)]
        if kind == "run":
            tables = _Tables()
        elif kind in ("class", "field", "full", "policy", "start"):
            tables.add(json.loads(line))
        elif kind in ("decision", "edit"):
            data = json.loads(line)
            if data["i"] in wanted:
                if kind == "decision":
                    before = found.get(data["i"])
                    found[data["i"]] = dealt = _dealt(data, tables)
                    # Dealt again after a return: what the first round left is still booked.
                    if before is not None and before.book == dealt.book:
                        dealt.postings[:0] = before.postings
                elif data["i"] in found:
                    found[data["i"]].apply(data)
    return found


def _dealt(data: Mapping[str, Any], tables: _Tables) -> Dealt:
    group_class = tables.classes[data["c"]]
    dealt = Dealt(
        item_id=data["i"],
        outcome=data.get("outcome", "assigned"),
        rep_id=data.get("rep") or "",
        grade=group_class["grade"],
        points=group_class["points"],
    )
    if "credited" in data:
        shared = tables.fields[data["credited"]]
    else:
        shared = tables.field_of.get((data["c"], data["rule"]), {})
    if not shared:
        return dealt
    # Where everybody was full, nobody was credited; a manager who assigns it credits them all.
    was_dealt = dealt.outcome == "assigned" and "full" in data
    full = tables.full[data["full"]] if was_dealt else frozenset()
    dealt.book = shared["book"]
    dealt.weights = {who: weight for who, weight, *_ in shared["may"] if who not in full}
    by_count = dealt.book.endswith("|count")
    dealt.row = tables.row(dealt.book, dealt.grade)
    if "posting" in data:
        dealt.postings.append(Posting.from_json(data["posting"]))
    elif "s" in data and dealt.weights:
        points = 1_000_000 if by_count else dealt.points
        dealt.postings.append(_posting(dealt, data, points))
    return dealt


def _posting(dealt: Dealt, data: Mapping[str, Any], points: int) -> Posting:
    """The posting of a decision, worked out from its field: what was booked, to the micro-point."""
    names = sorted(dealt.weights)
    shares = split(points, [dealt.weights[name] for name in names])
    credited = tuple(zip(names, shares, strict=True))
    moves = dict(credited)
    moves[dealt.rep_id] = moves.get(dealt.rep_id, 0) - points
    return Posting(
        act=Act.CHARGED if "credited" in data else Act.DEALT,
        row=dealt.row,
        moves=tuple(sorted((who, amount) for who, amount in moves.items() if amount)),
        item_id=dealt.item_id,
        taker=dealt.rep_id,
        points=points,
        credited=credited,
        sequence=data["s"],
        last_before=data.get("b", 0),
    )
