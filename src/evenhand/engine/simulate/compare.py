"""Two runs of one intake side by side: who gains, who loses, what waits, which rules fire."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.ledger.book import Book
from evenhand.engine.routing.contests import counts_turns
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.simulate.run import Done, Ran


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody got in one run; points and balance in micro-points."""

    items: int = 0
    points: int = 0
    by_grade: tuple[tuple[str, int], ...] = ()
    owed: int = 0  # at the end, over all books of value

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "items": self.items,
            "points": self.points,
            "grades": dict(self.by_grade),
            "owed": self.owed,
        }


@dataclass(frozen=True, slots=True)
class Side:
    """One run in figures."""

    items: int
    assigned: int
    waited: int  # assigned, but not at once
    pooled: int
    by_rep: Mapping[str, Received]
    by_rule: Mapping[str, int]
    unassigned: Mapping[str, int]  # reason's code → items nobody had at the end
    full: tuple[tuple[str, str, int], ...]  # person, limit's code, how often passed over for it
    evenness: int | None  # Jain's index of received by due, in millionths; None = nothing was due

    def as_json(self) -> dict[str, object]:
        """Plain values, ids only."""
        return {
            "items": self.items,
            "assigned": self.assigned,
            "waited": self.waited,
            "pooled": self.pooled,
            "reps": {who: one.as_json() for who, one in sorted(self.by_rep.items())},
            "rules": dict(self.by_rule),
            "unassigned": dict(self.unassigned),
            "full": [list(one) for one in self.full],
            "evenness": self.evenness,
        }


def side_of(ran: Ran) -> Side:
    """A run in figures."""
    grades: dict[str, Counter[str]] = {}
    points: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    unassigned: Counter[str] = Counter()
    assigned = waited = pooled = 0
    for one in ran.done:
        if one.rule:
            rules[one.rule] += 1
        if one.outcome is Outcome.ASSIGNED:
            assigned += 1
            waited += one.rounds > 1
            points[one.rep_id] += one.points
            grades.setdefault(one.rep_id, Counter())[one.grade] += 1
        elif one.outcome is Outcome.POOLED:
            pooled += 1
        else:
            unassigned[one.why] += 1
    owed = _owed(ran.books)
    everybody = sorted({*points, *owed})
    by_rep = {
        who: Received(
            items=sum(grades.get(who, Counter()).values()),
            points=points[who],
            by_grade=tuple(sorted(grades.get(who, Counter()).items())),
            owed=owed.get(who, 0),
        )
        for who in everybody
    }
    full = tuple((who, code, count) for (who, code), count in sorted(ran.full.items()))
    return Side(
        items=len(ran.done),
        assigned=assigned,
        waited=waited,
        pooled=pooled,
        by_rep=by_rep,
        by_rule=dict(rules.most_common()),
        unassigned=dict(unassigned.most_common()),
        full=full,
        evenness=_evenness(by_rep.values()),
    )


def differing(before: Sequence[Done], after: Sequence[Done]) -> list[int]:
    """Numbers of the items that go to somebody else, elsewhere, or by another rule."""
    return [
        index
        for index, (one, other) in enumerate(zip(before, after, strict=True))
        if one.rep_id != other.rep_id
        or one.outcome is not other.outcome
        or one.rule != other.rule
        or one.points != other.points
    ]


def _owed(books: Mapping[str, Book]) -> dict[str, int]:
    owed: Counter[str] = Counter()
    for key, book in books.items():
        if not counts_turns(key):
            owed.update(dict(zip(book.members, book.owed.tolist(), strict=True)))
    return dict(owed)


def _evenness(everybody: Iterable[Received]) -> int | None:
    """Jain's index (Σx)² ÷ n·Σx² of x = received ÷ due, where due = received + still owed."""
    shares = [one.points / due for one in everybody if (due := one.points + one.owed) > 0]
    squares = sum(share * share for share in shares)
    return round(1_000_000 * sum(shares) ** 2 / (len(shares) * squares)) if squares else None
