"""Small problems for the tests of plans, and their answers by looking at every plan there is."""

from collections.abc import Sequence
from itertools import product

from hypothesis import strategies as st

from evenhand.engine.routing.batch import (
    FlowClass,
    FlowPlan,
    FlowProblem,
    FlowRep,
    GapItem,
    GapPlan,
    GapProblem,
    GapRep,
)
from evenhand.engine.routing.batch.problem import load_step, reachable_band

# What a plan is compared by, smaller first: items left out, missing to lower bounds, minus value.
Score = tuple[int, int, int]


def gap(
    values: Sequence[Sequence[int | None]],
    sizes: Sequence[int],
    capacities: Sequence[int],
    *,
    lowers: Sequence[int] | None = None,
) -> GapProblem:
    """A problem whose items have one size each; values per item, then rep."""
    items = [GapItem(tuple(row), size) for row, size in zip(values, sizes, strict=True)]
    lowers = lowers or [0] * len(capacities)
    reps = [GapRep(most, least) for most, least in zip(capacities, lowers, strict=True)]
    return GapProblem(tuple(items), tuple(reps))


def flow(
    counts: Sequence[int],
    values: Sequence[Sequence[int | None]],
    capacities: Sequence[int],
    *,
    lowers: Sequence[int] | None = None,
) -> FlowProblem:
    """A problem with values per class, then rep."""
    lowers = lowers or [0] * len(capacities)
    return FlowProblem(
        tuple(FlowClass(count, tuple(row)) for count, row in zip(counts, values, strict=True)),
        tuple(FlowRep(most, least) for most, least in zip(capacities, lowers, strict=True)),
    )


def score_of(plan: FlowPlan | GapPlan) -> Score:
    """What this plan is compared by, as it says itself."""
    left_out = sum(plan.overflow) if isinstance(plan, FlowPlan) else len(plan.overflow)
    return left_out, sum(plan.shortfall), -plan.objective


def best_gap_score(problem: GapProblem) -> Score:
    """The score of the best plan, among all assignments."""
    bands = [reachable_band(rep, load_step(problem)) for rep in problem.reps]
    choices = [
        [None, *(rep for rep, value in enumerate(item.values) if value is not None)]
        for item in problem.items
    ]
    scores = []
    for assignment in product(*choices):
        loads, value = [0] * len(bands), 0
        for item, rep in zip(problem.items, assignment, strict=True):
            if rep is not None:
                loads[rep] += item.sizes if isinstance(item.sizes, int) else item.sizes[rep]
                value += item.values[rep] or 0
        if all(load <= most for load, (_, most) in zip(loads, bands, strict=True)):
            pairs = zip(loads, bands, strict=True)
            short = sum(max(0, least - load) for load, (least, _) in pairs)
            scores.append((assignment.count(None), short, -value))
    return min(scores)


def best_flow_score(problem: FlowProblem) -> Score:
    """The score of the best plan, item by item as a problem with sizes of 1."""
    items = [GapItem(kind.values, 1) for kind in problem.classes for _ in range(kind.count)]
    reps = [GapRep(rep.capacity, min(rep.lower, rep.capacity)) for rep in problem.reps]
    return best_gap_score(GapProblem(tuple(items), tuple(reps)))


@st.composite
def flow_problems(
    draw: st.DrawFn, *, most_classes: int = 5, most_reps: int = 4, most_count: int = 6
) -> FlowProblem:
    """Any shape: nobody eligible, nothing to deal, nobody to deal to, bands that cannot be met."""
    rep_count = draw(st.integers(0, most_reps))
    # Few different values make many ties, many make few.
    largest = draw(st.sampled_from([1, 5, 10**6, 10**12]))
    value = st.none() | st.integers(-largest, largest)
    row = st.tuples(*[value] * rep_count)
    classes = draw(
        st.lists(st.builds(FlowClass, st.integers(0, most_count), row), max_size=most_classes)
    )
    room = st.integers(0, 2 * most_count)
    reps = [FlowRep(draw(room), draw(st.just(0) | room)) for _ in range(rep_count)]
    return FlowProblem(tuple(classes), tuple(reps))


@st.composite
def gap_problems(draw: st.DrawFn, *, most_items: int = 6, most_reps: int = 3) -> GapProblem:
    """Any shape: sizes per rep, equal items, sizes of 0, bands that cannot be met."""
    rep_count = draw(st.integers(0, most_reps))
    largest = draw(st.sampled_from([1, 5, 10**6, 10**12]))
    point = draw(st.sampled_from([1, 10**6, 1_000_003]))
    size = st.integers(0, 6).map(lambda points: points * point)
    value = st.none() | st.integers(-largest, largest)
    item = st.builds(
        GapItem, st.tuples(*[value] * rep_count), size | st.tuples(*[size] * rep_count)
    )
    different = draw(st.lists(item, max_size=most_items))
    items = draw(st.lists(st.sampled_from(different), max_size=most_items)) if different else []
    reps = []
    for _ in range(rep_count):
        capacity = draw(st.integers(0, 14 * point))
        lower = draw(st.just(0) | st.integers(0, 5 * point))
        upper = draw(st.none() | st.integers(lower, lower + 6 * point))
        reps.append(GapRep(capacity, lower, upper))
    return GapProblem(tuple(items), tuple(reps))


@st.composite
def roomy_problems(draw: st.DrawFn, *, most_items: int = 4) -> GapProblem:
    """Different items that everybody may have, and hardly ever one that finds no room."""
    rep_count = draw(st.integers(1, 3))
    value, size = st.integers(-9, 9), st.integers(1, 6)
    item = st.builds(GapItem, st.tuples(*[value] * rep_count), st.tuples(*[size] * rep_count))
    items = draw(st.lists(item, min_size=1, max_size=most_items, unique=True))
    capacity = st.integers(3 * len(items), 6 * len(items))
    lower = st.just(0) | st.integers(0, 2)
    return GapProblem(
        tuple(items), tuple(GapRep(draw(capacity), draw(lower)) for _ in range(rep_count))
    )
