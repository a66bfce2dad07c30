"""Deal a backlog as one plan: which items, in which problem, and who gets what.

Items whose first rule that leads anywhere deals by fair share belong to a plan; one plan is made
per book and, where grades have books of their own, per grade, the most valuable grade first. So
every grade is shared fairly, and what one plan leaves uneven the next one makes good. A plan is
booked in the order of its items before the next one is made.

The band is what the ledger owes, give or take the policy's band. Where fit makes no difference
there is nothing to gain inside it, so what is due is merely rounded to items. If a band would
leave out an item for which somebody has room (others are full, so more falls to him), its upper
end is widened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from evenhand.engine.ledger.draw import MILLION
from evenhand.engine.routing.batch import (
    Band,
    Effort,
    FlowClass,
    FlowPlan,
    FlowProblem,
    FlowRep,
    GapItem,
    GapPlan,
    GapProblem,
    GapRep,
    PlanTooLarge,
    Solver,
    deal_cells,
    digest,
    ledger_bands,
    solve_flow,
    solve_gap,
    verify,
)
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import CannotPlace, Router
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.situation import Prepared

DEFAULT_EFFORT = Effort(rounds=20, moves=2_000_000)
MOST_GAP_PAIRS = 400_000
WIDER = 4  # times the band's upper half, where it leaves something out; then only capacity

Entry = tuple[str, Prepared]


@dataclass(frozen=True, slots=True)
class BacklogPlan:
    """One plan. `to` and `shortfall` go with `items` and `reps`; None in `to` = left over.

    `upper` is how far, in micro-points, somebody may go beyond what he is due (None = up to his
    capacity). Kind `sequence` = too large for the solvers at hand: its items are decided one by
    one. Sizes, bounds and shortfall count items in a flow, micro-points in a GAP.
    """

    book: str
    grade: str
    kind: str
    items: tuple[Entry, ...]
    reps: tuple[str, ...] = ()
    to: tuple[int | None, ...] = ()
    shortfall: tuple[int, ...] = ()
    upper: int | None = None
    objective: int = 0
    bound: int | None = None
    is_optimal: bool = False
    solver: str = ""
    version: str = ""
    digest: str = ""
    faults: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plan as a receipt holds it, without its items."""
        found: dict[str, Any] = {"book": self.book, "grade": self.grade, "kind": self.kind}
        if self.kind == "sequence":
            return found
        found |= {
            "reps": list(self.reps),
            "to": list(self.to),
            "short": list(self.shortfall),
            "upper": self.upper,
            "digest": self.digest,
            "objective": self.objective,
            "bound": self.bound,
            "solver": self.solver,
            "version": self.version,
            "is_optimal": self.is_optimal,
        }
        return found | ({"faults": list(self.faults)} if self.faults else {})

    @property
    def places(self) -> dict[str, str | None]:
        """Who gets each item; None = it found no place. Empty for a sequence."""
        return {
            item_id: None if rep is None else self.reps[rep]
            for (item_id, _), rep in zip(self.items, self.to, strict=False)
        }


@dataclass(frozen=True, slots=True)
class _Backlog:
    """The items of one plan as the books and loads stand now."""

    items: tuple[Entry, ...]
    steps: tuple[GroupStep, ...]  # one per item
    reps: tuple[str, ...]  # everybody who may take any of the items, in id order
    rows: Mapping[int, tuple[int | None, ...]]  # by number of step: value with each rep
    due: tuple[int, ...]  # owed before, plus the shares of all items
    rooms: tuple[tuple[int | None, int | None], ...]  # items and micro-points; None = no limit
    counts_items: bool
    slack: int  # how far below what is due the band begins
    uppers: tuple[int, ...]  # how far above it ends, narrowest first

    @property
    def points(self) -> list[int]:
        return [prepared.plan.points for _, prepared in self.items]


def plan_backlog(
    router: Router, items: Sequence[Entry], effort: Effort = DEFAULT_EFFORT
) -> Iterator[BacklogPlan]:
    """Plans for these items, one after the other; deal each with `deal` before taking the next.

    Only items that have a `Router.planned_rule` and no owner.
    """
    groups: dict[tuple[str, int, str], list[Entry]] = {}
    books: dict[str, int] = {}
    for item_id, prepared in items:
        ready = router.planned_rule(prepared)
        assert ready is not None and ready.group is not None, "asked before"
        key = router.contests.book_key(ready.group, prepared.plan.kind)
        grade = prepared.plan.grade if router.policy.parts.fairness.grade_books else ""
        rank = router.policy.grades.index(grade) if grade else 0
        group = (key, rank, grade)
        books.setdefault(key, len(books))
        groups.setdefault(group, []).append((item_id, prepared))
    for key, rank, grade in sorted(groups, key=lambda one: (books[one[0]], one[1])):
        yield _solve(router, key, grade, tuple(groups[key, rank, grade]), effort)


def deal(
    router: Router, plan: BacklogPlan, *, with_places: bool = True
) -> Iterator[tuple[str, Prepared, Decision]]:
    """Book a plan, item by item: those with a place, then those left over.

    `with_places` where it is decided in sequence.
    """
    if plan.kind == "sequence":
        for item_id, prepared in plan.items:
            yield (
                item_id,
                prepared,
                router.route_prepared(item_id, prepared, with_places=with_places),
            )
        return
    places = plan.places
    whole = Whole(router, plan)
    for item_id, prepared in sorted(plan.items, key=lambda entry: places[entry[0]] is None):
        decision = decide_planned(router, item_id, prepared, places[item_id])
        whole.close_with(item_id)
        yield item_id, prepared, decision


class Whole:
    """A plan as one act of its book: what bounds balances is what it moved from start to end.

    Each item by itself counts as a manual act, and they would add up to a bound that says
    nothing; a plan gives back to one what it took from him an item before. Make it before the
    first item is booked.
    """

    def __init__(self, router: Router, plan: BacklogPlan) -> None:
        self._book = router.books[plan.book]
        self._shift = self._book.shift
        self._owed = self._book.owed.copy()
        self._last = next((i for i, rep in reversed(plan.places.items()) if rep is not None), None)

    def close_with(self, item_id: str) -> bool:
        """Whether this was the last item with a place; then the book counts the plan as one."""
        if item_id != self._last:
            return False
        moved = self._book.owed - self._owed
        self._book.shift = self._shift + int(moved[moved > 0].sum())
        return True


def decide_planned(
    router: Router, item_id: str, prepared: Prepared, rep_id: str | None
) -> Decision:
    """Book one item as its plan says; None = it found no place there.

    :raises CannotPlace: the plan names somebody who may not take it or has no room.
    """
    if rep_id is None:
        return router.leave_over(item_id, prepared)
    return router.place(item_id, prepared, rep_id)


def check(router: Router, items: Sequence[Entry], stored: Mapping[str, Any]) -> BacklogPlan:
    """The plan of a receipt, recomputed as far as that goes without solving it again.

    Digest and objective are worked out anew; `faults` says what else is wrong: somebody above
    capacity or band, a wrong shortfall, a plan that claims to be best and is not.

    :raises KeyError, ValueError, TypeError, CannotPlace: the data are not those of a plan.
    """
    for item_id, prepared in items:
        if router.planned_rule(prepared) is None:
            raise CannotPlace(item_id, "nobody", "no rule deals it by a plan")
    kind, upper = stored["kind"], stored.get("upper")
    backlog = _read(router, tuple(items))
    grade = items[0][1].plan.grade if router.policy.parts.fairness.grade_books else ""
    plan = BacklogPlan(backlog.steps[0].book_key, grade, kind, tuple(items))
    if kind == "sequence":
        return plan
    to, short = tuple(stored["to"]), tuple(stored["short"])
    if len(to) != len(items):
        raise ValueError(f"{len(to)} places for {len(items)} items")
    problem = _problem(backlog, kind, upper)
    objective = sum(
        backlog.rows[step.number][rep] or 0
        for step, rep in zip(backlog.steps, to, strict=True)
        if rep is not None
    )
    plan = replace(
        plan,
        reps=backlog.reps,
        to=to,
        shortfall=short,
        upper=upper,
        objective=objective,
        bound=stored["bound"],
        is_optimal=stored["is_optimal"],
        solver=stored["solver"],
        version=stored["version"],
        digest=digest(problem),
    )
    return replace(plan, faults=tuple(map(str, verify(problem, _as_solved(backlog, plan)))))


# -- the problem ---------------------------------------------------------------------------------


def _read(router: Router, items: tuple[Entry, ...]) -> _Backlog:
    contests, loads = router.contests, router.loads
    counts: dict[int, int] = {}
    steps = []
    for _, prepared in items:
        ready = router.planned_rule(prepared)
        assert ready is not None, "asked before"
        step = router.step(prepared, ready)
        counts[step.number] = counts.get(step.number, 0) + 1
        steps.append(step)
    different = {step.number: step for step in steps}
    who = {c.rep_id for step in different.values() for c in step.field.candidates}
    reps = tuple(sorted(who))
    place = {rep_id: number for number, rep_id in enumerate(reps)}
    book = steps[0].book
    owed = {rep_id: int(book.owed[book.position(rep_id)]) for rep_id in reps}
    rows = {}
    fits: set[int] = set()
    for number, step in different.items():
        contest = contests.contest(step)
        row: list[int | None] = [None] * len(reps)
        if contest is not None:
            assert step.blocked is not None, "set with the contest"
            for candidate, fit in zip(step.field.candidates, step.fits, strict=True):
                if candidate.position not in step.blocked:
                    fits.add(fit)
                    row[place[candidate.rep_id]] = fit * step.plan.points // MILLION
            at = range(len(book.members)) if contest.positions is None else contest.positions
            gains = contest.shares if contest.everyone is None else contest.everyone
            if contest.everyone is not None:
                at = range(len(book.members))
            for position, share in zip(at, gains, strict=True):
                name = book.members[int(position)]
                if name in owed:
                    owed[name] += int(share) * counts[number]
        rows[number] = tuple(row)
    largest = max(prepared.plan.points for _, prepared in items)
    band = router.policy.band
    has_fit = len(fits) > 1
    where = [router.roster.position[rep_id] for rep_id in reps]
    return _Backlog(
        items=items,
        steps=tuple(steps),
        reps=reps,
        rows=MappingProxyType(rows),
        due=tuple(owed[rep_id] for rep_id in reps),
        rooms=tuple((loads.room_items(one, largest), loads.room_points(one)) for one in where),
        counts_items=any(loads.counts_items(one) for one in where),
        slack=band if has_fit else max(0, largest - 1),
        uppers=(band, WIDER * band) if has_fit else (largest // 2, largest, WIDER * largest),
    )


def _problem(backlog: _Backlog, kind: str, upper: int | None) -> FlowProblem | GapProblem:
    """The problem with the band reaching from what is due less slack to what is due plus upper."""
    points = backlog.points
    zeros = [0] * len(backlog.reps)
    if kind == "gap":
        total = sum(points)
        lowers = ledger_bands(backlog.due, zeros, backlog.slack)
        uppers = lowers if upper is None else ledger_bands(backlog.due, zeros, upper)
        return GapProblem(
            items=tuple(
                GapItem(backlog.rows[step.number], size)
                for step, size in zip(backlog.steps, points, strict=True)
            ),
            reps=tuple(
                GapRep(
                    capacity=total if room is None else min(room, total),
                    lower=low.lower,
                    upper=None if upper is None else max(low.lower, high.upper),
                )
                for (_, room), low, high in zip(backlog.rooms, lowers, uppers, strict=True)
            ),
        )
    unit = sum(points) // len(points)
    whole = (Band(0, len(points)),) * len(backlog.reps)
    lowers = ledger_bands(backlog.due, zeros, backlog.slack, unit=unit) if unit else whole
    is_bounded = unit > 0 and upper is not None
    uppers = ledger_bands(backlog.due, zeros, upper or 0, unit=unit) if is_bounded else whole
    flow_reps = []
    for (room, _), low, high in zip(backlog.rooms, lowers, uppers, strict=True):
        free = len(points) if room is None else min(room, len(points))
        lower = min(low.lower, len(points))
        flow_reps.append(FlowRep(min(free, max(lower, high.upper)), lower))
    counts: dict[int, int] = {}
    for step in backlog.steps:
        counts[step.number] = counts.get(step.number, 0) + 1
    return FlowProblem(
        classes=tuple(FlowClass(n, backlog.rows[number]) for number, n in counts.items()),
        reps=tuple(flow_reps),
    )


# -- solving -------------------------------------------------------------------------------------


def _solve(
    router: Router, book: str, grade: str, items: tuple[Entry, ...], effort: Effort
) -> BacklogPlan:
    backlog = _read(router, items)
    is_flow = backlog.counts_items or len(set(backlog.points)) == 1
    is_flow = is_flow or len(items) * len(backlog.reps) > MOST_GAP_PAIRS
    empty = BacklogPlan(book, grade, "flow" if is_flow else "gap", items, backlog.reps)
    for upper in (*backlog.uppers, None):
        try:
            found = _solved(backlog, empty, upper, effort)
        except PlanTooLarge:
            return BacklogPlan(book, grade, "sequence", items)
        if not _leaves_room(backlog, found):
            break
    return found


def _solved(
    backlog: _Backlog, empty: BacklogPlan, upper: int | None, effort: Effort
) -> BacklogPlan:
    problem = _problem(backlog, empty.kind, upper)
    plan: FlowPlan | GapPlan
    if isinstance(problem, FlowProblem):
        plan = solve_flow(problem)
        dealt = deal_cells(plan, _members(backlog))
        to = tuple(dealt[number] for number in range(len(backlog.items)))
        bound: int | None = plan.objective
    else:
        plan = solve_gap(problem, effort)
        to, bound = plan.assignment, plan.bound
    return replace(
        empty,
        to=to,
        shortfall=plan.shortfall,
        upper=upper,
        objective=plan.objective,
        bound=bound,
        is_optimal=plan.is_optimal,
        solver=plan.solver.value,
        version=plan.version,
        digest=plan.digest,
    )


def _members(backlog: _Backlog) -> list[list[int]]:
    """The items of each class of the flow, by number: those of one step are alike."""
    members: dict[int, list[int]] = {}
    for number, step in enumerate(backlog.steps):
        members.setdefault(step.number, []).append(number)
    return list(members.values())


def _leaves_room(backlog: _Backlog, plan: BacklogPlan) -> bool:
    """Whether an item was left out that somebody has room for: the band is in the way."""
    count, load = [0] * len(plan.reps), [0] * len(plan.reps)
    points = backlog.points
    for to, size in zip(plan.to, points, strict=True):
        if to is not None:
            count[to] += 1
            load[to] += size
    left = {
        (step.number, size)
        for to, step, size in zip(plan.to, backlog.steps, points, strict=True)
        if to is None
    }
    for number, size in left:
        for rep, value in enumerate(backlog.rows[number]):
            if value is None:
                continue
            places, room = backlog.rooms[rep]
            has_place = places is None or plan.kind == "gap" or count[rep] < places
            if has_place and (room is None or load[rep] + size <= room):
                return True
    return False


def _as_solved(backlog: _Backlog, plan: BacklogPlan) -> FlowPlan | GapPlan:
    """A plan of a receipt as its solver gave it."""
    if plan.kind == "gap":
        return GapPlan(
            assignment=plan.to,
            shortfall=plan.shortfall,
            objective=plan.objective,
            bound=plan.bound,
            is_optimal=plan.is_optimal,
            solver=Solver(plan.solver),
            version=plan.version,
            digest=plan.digest,
        )
    cells: dict[tuple[int, int], int] = {}
    overflow = []
    for kind, members in enumerate(_members(backlog)):
        left = 0
        for number in members:
            rep = plan.to[number]
            if rep is None:
                left += 1
            else:
                cells[kind, rep] = cells.get((kind, rep), 0) + 1
        overflow.append(left)
    return FlowPlan(
        cells=MappingProxyType(cells),
        overflow=tuple(overflow),
        shortfall=plan.shortfall,
        objective=plan.objective,
        is_optimal=plan.is_optimal,
        solver=Solver(plan.solver),
        version=plan.version,
        digest=plan.digest,
    )
