"""Entitled and received, added up from the receipts alone: no code of the ledger is asked."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from tests.cli.world import Results


@dataclass
class Sums:
    """What everybody was entitled to and received in one run, in micro-points."""

    entitled: defaultdict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    received: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    largest: int = 0
    dealt: int = 0  # by share alone: nobody had a right to it

    def owed(self, rep: str) -> Fraction:
        """What is still owed to somebody; negative = ahead."""
        return self.entitled[rep] - self.received[rep]


def sums_of(results: Results) -> Sums:
    """Each item's points shared among those who may take it by weight, its taker paying them."""
    fields = {line["n"]: line for line in results.lines("field")}
    full = {line["n"]: {rep for rep, _ in line["who"]} for line in results.lines("full")}
    points = [line["points"] for line in results.lines("class")]
    sums = Sums()
    for line in results.lines("decision"):
        rep = line.get("rep")
        if rep is None or "f" not in line:
            continue
        cost = points[line["c"]]
        left_out = full.get(line.get("full", -1), set())
        weights = {one[0]: one[1] for one in fields[line["f"]]["may"] if one[0] not in left_out}
        for one, weight in weights.items():
            sums.entitled[one] += Fraction(cost * weight, sum(weights.values()))
        sums.received[rep] += cost
        sums.items[rep] += 1
        sums.largest = max(sums.largest, cost)
        sums.dealt += "cause" not in line
    return sums


def holds_with_the_books(results: Results) -> Sums:
    """The sums, held against the only book of the state: equal but for roundings."""
    sums = sums_of(results)
    (book,) = results.books.values()
    assert not book.balance.sum(axis=1).any(), "a grade does not add up to zero"
    assert book.is_sound()
    decided = len(results.lines("decision"))
    for rep, owed in results.owed.items():
        assert abs(sums.owed(rep) - owed) <= decided, rep
        assert abs(owed) <= book.bound()
    return sums
