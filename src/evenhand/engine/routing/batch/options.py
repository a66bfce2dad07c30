"""A GAP as columns: which class of items may go to which rep, at what value and size.

Items with equal values and sizes are one class, and a deal counts units per option: a backlog of
a million items with a few thousand different rows is a small problem. Every class has as its last
option the overflow, a rep beyond the last with size 0, value 0 and room without end.
"""

import math
from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.engine.routing.batch.problem import GapProblem, group_items, load_step, reachable_band

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Larger than any load: a rep's limit is at most LARGEST_NUMBER.
ENDLESS = 2**60


@dataclass(frozen=True, slots=True)
class Options:
    """The options of all classes, those of one class side by side, reps ascending.

    Values are in units of `value_step`, sizes and bounds in units of `size_step`: the greatest
    common divisors, so that solvers see small numbers.
    """

    members: tuple[tuple[int, ...], ...]  # per class: its items by number
    counts: IntArray  # per class
    starts: IntArray  # per class its first option; one more at the end
    classes: IntArray  # per option
    reps: IntArray  # per option; rep_count = overflow
    values: IntArray  # per option
    sizes: IntArray  # per option
    lowers: IntArray  # per rep and overflow
    uppers: IntArray  # per rep and overflow
    value_step: int
    size_step: int

    @property
    def rep_count(self) -> int:
        """The reps, without the overflow; also the number by which the overflow is known."""
        return len(self.uppers) - 1

    @property
    def overflow_options(self) -> IntArray:
        """The overflow option of each class."""
        return self.starts[1:] - 1

    @property
    def is_overflow(self) -> BoolArray:
        """Per option, whether it leaves the item out."""
        return np.equal(self.reps, self.rep_count)

    def loads(self, units: IntArray) -> IntArray:
        """The load per rep (and 0 for the overflow) of a deal, in units of `size_step`."""
        loads = np.zeros(len(self.uppers), np.int64)
        np.add.at(loads, self.reps, self.sizes * units)
        return loads

    def score(self, units: IntArray) -> tuple[int, int, int]:
        """What a deal is compared by, smaller first: items out, points short, minus the value."""
        short = np.maximum(self.lowers - self.loads(units), 0)
        value = sum((self.values * units).tolist())
        return int(units[self.overflow_options].sum()), int(short.sum()), -value


def read_options(problem: GapProblem) -> Options:
    """The options of a problem; what is larger than a rep's limit is no option."""
    members = group_items(problem.items)
    step = load_step(problem)
    bands = [reachable_band(rep, step) for rep in problem.reps]
    # Arrays rather than rows of tuples: there may be millions of options.
    classes, reps, values, sizes, starts = (array("q") for _ in range(5))
    for place, item in enumerate(members):
        starts.append(len(reps))
        for rep, value in enumerate(item.values):
            size = item.sizes if isinstance(item.sizes, int) else item.sizes[rep]
            if value is not None and size <= bands[rep][1]:
                classes.append(place)
                reps.append(rep)
                values.append(value)
                sizes.append(size)
        for column, entry in ((classes, place), (reps, len(bands)), (values, 0), (sizes, 0)):
            column.append(entry)
    starts.append(len(reps))
    worth = np.array(values, np.int64)
    value_step = math.gcd(*map(int, np.unique(worth))) or 1
    return Options(
        members=tuple(map(tuple, members.values())),
        counts=np.array([len(numbers) for numbers in members.values()], np.int64),
        starts=np.array(starts, np.int64),
        classes=np.array(classes, np.int64),
        reps=np.array(reps, np.int64),
        values=worth // value_step,
        sizes=np.array(sizes, np.int64) // step,
        lowers=np.array([lower // step for lower, _ in bands] + [0], np.int64),
        uppers=np.array([upper // step for _, upper in bands] + [ENDLESS], np.int64),
        value_step=value_step,
        size_step=step,
    )
