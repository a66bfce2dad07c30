"""Who received what and was entitled to what in one run, from its decisions and its books.

Amounts are micro-points; in books by count one turn is written as one point. What a person was
entitled to is not computed a second time: it is what he received plus the change of what he is
owed, so it holds for every kind of booking, and the books stay the only judge.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evenhand.cli.route.run import Routed, Run
from evenhand.engine.facts import POINT, ItemKind
from evenhand.engine.routing.weights import Weight, effective_weight

VALUE, WORK, COUNT = "value", "work", "count"
KINDS = (VALUE, WORK, COUNT)


@dataclass
class Share:
    """One person in one book, or in all books of one kind.

    By grade: `items` are all that the person received, `points` what was paid for them. Of the
    items, `unbooked` cost nothing, because nobody could have shared them.
    """

    rep_id: str
    items: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    unbooked: int = 0
    before: int = 0
    after: int = 0

    @property
    def received(self) -> int:
        """The points of everything booked to this person in the run."""
        return self.points.total()

    @property
    def entitled(self) -> int:
        """What this person's shares of all items of the run add up to."""
        return self.received + self.after - self.before

    @property
    def due(self) -> int:
        """Entitlement with what was brought forward: received plus what is still owed."""
        return self.received + self.after

    @property
    def item_count(self) -> int:
        """All items of the run that went to this person, booked or not."""
        return self.items.total()

    def add(self, other: "Share") -> None:
        """Add what another book says of the same person."""
        self.items += other.items
        self.points += other.points
        self.unbooked += other.unbooked
        self.before += other.before
        self.after += other.after


def kind_of(book: str) -> str:
    """Which kind of points a book keeps: value, work or count."""
    return book.rpartition("|")[2]


def group_of(book: str) -> str:
    """The group whose book it is; "*" = the whole company."""
    return book.rpartition("|")[0]


def paid(routed: Routed) -> int | None:
    """What the taker paid for an item, in micro-points; None = it was not booked."""
    decision = routed.decision
    if decision.rep_id is None or not decision.book:
        return None
    if decision.posting is not None:
        return decision.posting.points if decision.posting.credited else None
    return POINT if kind_of(decision.book) == COUNT else routed.prepared.plan.points


def shares_by_book(run: Run, kept: Iterable[Routed]) -> dict[str, dict[str, Share]]:
    """Every person of every book, with what was booked in this run."""
    found: dict[str, dict[str, Share]] = {}
    for key, book in sorted(run.router.books.items()):
        before = run.balances_before.get(key, {})
        found[key] = {
            person: Share(person, before=before.get(person, 0), after=owed)
            for person, owed in zip(book.members, book.owed.tolist(), strict=True)
        }
    for routed in kept:
        cost = paid(routed)
        if cost is not None:
            assert routed.decision.rep_id is not None
            share = found[routed.decision.book][routed.decision.rep_id]
            share.items[routed.prepared.plan.grade] += 1
            share.points[routed.prepared.plan.grade] += cost
    return found


def shares_by_kind(
    run: Run, kept: Iterable[Routed], by_book: Mapping[str, Mapping[str, Share]]
) -> dict[str, list[Share]]:
    """Everybody of each kind of book, most received first; kinds in which nothing stands are out.

    Kinds of points are never added up.
    """
    found: dict[str, dict[str, Share]] = {kind: {} for kind in KINDS}
    for key, shares in by_book.items():
        for person, share in shares.items():
            of_kind = found[kind_of(key)]
            of_kind.setdefault(person, Share(person)).add(share)
    for routed in kept:
        rep_id = routed.decision.rep_id
        if rep_id is not None and paid(routed) is None:
            kind = WORK if routed.prepared.plan.kind is ItemKind.TASK else VALUE
            share = found[kind].setdefault(rep_id, Share(rep_id))
            share.items[routed.prepared.plan.grade] += 1
            share.unbooked += 1
    return {
        kind: sorted(shares.values(), key=lambda one: (-one.received, one.rep_id))
        for kind, shares in found.items()
        if any(one.item_count or one.before or one.after for one in shares.values())
    }


def grades_of(run: Run, shares: Iterable[Share]) -> list[str]:
    """The grades that these shares hold, best first."""
    present = {grade for one in shares for grade in one.items}
    known = [grade for grade in run.policy.grades if grade in present]
    return [*known, *sorted(present - set(known))]


def groups_of(run: Run) -> dict[str, list[str]]:
    """The groups that each person belongs to, in the order of the policy."""
    reps = run.router.team.reps
    found: dict[str, list[str]] = {}
    for name, positions in run.router.roster.members.items():
        for position in positions:
            found.setdefault(reps[position].id, []).append(name)
    return found


def weights_of(run: Run) -> dict[str, list[Weight]]:
    """The weights that counted for each person in this run, smallest first.

    Who could take nothing has the weight that he would come with.
    """
    found: dict[str, set[Weight]] = {}
    for prepared in run.router.prepared.values():
        for step in prepared.steps.values():
            for candidate in step.field.candidates:
                found.setdefault(candidate.rep_id, set()).add(candidate.weight)
    roster = run.router.roster
    for position, rep in enumerate(run.router.team.reps):
        if rep.id not in found:
            level = roster.level[position]
            ramped = level.level if level is not None else None
            found[rep.id] = {
                effective_weight(rep, base=rep.weight, level=ramped, today=roster.today)
            }
    return {
        rep_id: sorted(weights, key=lambda one: (one.weight, one.base))
        for rep_id, weights in found.items()
    }
