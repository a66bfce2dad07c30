"""What a plan is asked: classes or items, reps, what each pairing is worth, and the band.

Two problems. In a flow problem every item takes one place, so that it is solved exactly however
large it is. In a GAP (generalized assignment problem) items have sizes in points. Both are values:
they check themselves, and their digest names them in a plan's receipt.

Units: values are integer micro units of whatever is maximised, sizes and bounds of a GAP integer
micro-points, bounds of a flow problem counts of items.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Solvers hold numbers as doubles, which are exact up to 2^53; sums are held in 64 bits.
LARGEST_NUMBER = 2**50
LARGEST_SUM = 2**60


class UnusableProblem(ValueError):
    """The problem cannot be planned as it was put; the message names the part and the remedy."""


@dataclass(frozen=True, slots=True)
class FlowClass:
    """Items alike: the same count of places, the same value with each rep.

    `values` has one entry per rep, in the order of the reps; None = the rep is not eligible.
    """

    count: int
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class FlowRep:
    """How many items a rep can take, and how many should reach the rep if that is possible."""

    capacity: int
    lower: int = 0


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """Deal `classes` to `reps`: as many items as possible, then the bands, then most value.

    :raises UnusableProblem: a negative count or bound, a missing value, or a number too large.
    """

    classes: tuple[FlowClass, ...]
    reps: tuple[FlowRep, ...]

    def __post_init__(self) -> None:
        for number, rep in enumerate(self.reps):
            _check_bound(f"capacity of rep {number}", rep.capacity)
            _check_bound(f"lower bound of rep {number}", rep.lower)
        for number, kind in enumerate(self.classes):
            _check_bound(f"count of class {number}", kind.count)
            _check_values(f"class {number}", kind.values, len(self.reps))


@dataclass(frozen=True, slots=True)
class GapItem:
    """One item: its value with each rep (None = not eligible) and its size in micro-points.

    `sizes` is one size for everybody, or one per rep.
    """

    values: tuple[int | None, ...]
    sizes: int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GapRep:
    """How many micro-points a rep can take; `lower` and `upper` are the band of the ledger.

    Nobody ever receives more than `capacity` or `upper`; less than `lower` only where the items
    leave no choice, and then the plan names the shortfall.
    """

    capacity: int
    lower: int = 0
    upper: int | None = None

    @property
    def limit(self) -> int:
        """The most micro-points the rep may receive: capacity and band together."""
        return self.capacity if self.upper is None else min(self.capacity, self.upper)


@dataclass(frozen=True, slots=True)
class GapProblem:
    """Deal `items` to `reps`: as many items as possible, then the bands, then most value.

    To minimise costs, give them as negative values.

    :raises UnusableProblem: a negative size or bound, a missing value, or a number too large.
    """

    items: tuple[GapItem, ...]
    reps: tuple[GapRep, ...]

    def __post_init__(self) -> None:
        for number, rep in enumerate(self.reps):
            _check_bound(f"capacity of rep {number}", rep.capacity)
            _check_bound(f"lower bound of rep {number}", rep.lower)
            if rep.upper is not None:
                _check_bound(f"upper bound of rep {number}", rep.upper)
                if rep.upper < rep.lower:
                    raise UnusableProblem(
                        f"rep {number}: the band ends at {rep.upper}, before it starts at "
                        f"{rep.lower}; give lower ≤ upper"
                    )
        most_value = most_size = 0
        for row, (number, *others) in group_items(self.items).items():
            _check_values(f"item {number}", row.values, len(self.reps))
            sizes = (row.sizes,) if isinstance(row.sizes, int) else row.sizes
            if not isinstance(row.sizes, int) and len(sizes) != len(self.reps):
                raise UnusableProblem(
                    f"item {number}: {len(sizes)} sizes for {len(self.reps)} reps; "
                    "give one size, or one per rep"
                )
            for size in sizes:
                _check_bound(f"size of item {number}", size)
            most_size += max(sizes, default=0) * (1 + len(others))
            most_value += max((abs(v) for v in row.values if v), default=0) * (1 + len(others))
        _check_sum("values", most_value)
        _check_sum("sizes", most_size)


def group_items(items: Iterable[GapItem]) -> dict[GapItem, list[int]]:
    """The different items and the numbers of those that are so, by first appearance."""
    groups: dict[GapItem, list[int]] = {}
    # A backlog repeats few rows, often as one object: its long row is then hashed only once.
    seen: dict[int, list[int]] = {}
    for number, item in enumerate(items):
        numbers = seen.get(id(item))
        if numbers is None:
            numbers = seen[id(item)] = groups.setdefault(item, [])
        numbers.append(number)
    return groups


def load_step(problem: GapProblem) -> int:
    """The greatest common divisor of all sizes: every load is a multiple of it. At least 1."""
    step = 0
    for row in group_items(problem.items):
        sizes = (row.sizes,) if isinstance(row.sizes, int) else row.sizes
        step = math.gcd(step, *sizes)
    return step or 1


def reachable_band(rep: GapRep, step: int) -> tuple[int, int]:
    """The least and the most micro-points that a load of whole steps can have inside the band.

    Where the band lies above the capacity or between two steps, the least is the most: a rep who
    is full is not short.
    """
    most = rep.limit // step * step
    return min(-(-rep.lower // step) * step, most), most


def digest(problem: FlowProblem | GapProblem) -> str:
    """SHA-256 of the problem as canonical JSON, in hexadecimal.

    Equal problems have equal digests; the order of items, classes and reps counts, since a plan
    speaks of them by number.
    """
    if isinstance(problem, FlowProblem):
        body: dict[str, object] = {
            "kind": "flow",
            "reps": [[rep.capacity, rep.lower] for rep in problem.reps],
            "classes": [[kind.count, kind.values] for kind in problem.classes],
        }
    else:
        # Items repeat few rows; each is written once, in the order of its first appearance. One
        # size for everybody is written as the same size for each.
        rows: dict[tuple[tuple[int | None, ...], tuple[int, ...]], int] = {}
        row_of = [0] * len(problem.items)
        for row, numbers in group_items(problem.items).items():
            key = (row.values, _sizes_per_rep(row, len(problem.reps)))
            place = rows.setdefault(key, len(rows))
            for number in numbers:
                row_of[number] = place
        body = {
            "kind": "gap",
            "reps": [[rep.capacity, rep.lower, rep.upper] for rep in problem.reps],
            "rows": list(rows),
            "items": row_of,
        }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def flow_classes(
    rows: Sequence[tuple[int | None, ...]],
) -> tuple[tuple[FlowClass, ...], tuple[tuple[int, ...], ...]]:
    """Items with equal values for every rep as one class, and the items of each class by number.

    Exact: items of a class are interchangeable, so that no plan over single items is better.
    Classes stand in the order of their first item, items within a class in their own order.
    """
    members: dict[tuple[int | None, ...], list[int]] = {}
    for number, row in enumerate(rows):
        members.setdefault(row, []).append(number)
    classes = tuple(FlowClass(len(numbers), row) for row, numbers in members.items())
    return classes, tuple(tuple(numbers) for numbers in members.values())


def _sizes_per_rep(item: GapItem, rep_count: int) -> tuple[int, ...]:
    if isinstance(item.sizes, int):
        return (item.sizes,) * rep_count
    return item.sizes


def _check_bound(what: str, number: int) -> None:
    if not 0 <= number <= LARGEST_NUMBER:
        raise UnusableProblem(f"{what} is {number}; give an integer from 0 to {LARGEST_NUMBER}")


def _check_sum(what: str, number: int) -> None:
    if number > LARGEST_SUM:
        raise UnusableProblem(
            f"the {what} of all items add up to {number}, more than {LARGEST_SUM}; "
            "give them in a coarser unit"
        )


def _check_values(what: str, values: tuple[int | None, ...], rep_count: int) -> None:
    if len(values) != rep_count:
        raise UnusableProblem(
            f"{what}: {len(values)} values for {rep_count} reps; "
            "give one per rep, None where the rep is not eligible"
        )
    for value in values:
        if value is not None and abs(value) > LARGEST_NUMBER:
            raise UnusableProblem(
                f"{what}: value {value}; give integers from −{LARGEST_NUMBER} to {LARGEST_NUMBER}"
            )
