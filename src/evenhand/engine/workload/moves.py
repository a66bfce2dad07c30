"""What a rebalance is asked and answers: carriers, open items, moves, and loads before and after.

Loads and caps are workload micro-points.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class MoveCost(IntEnum):
    """What it costs to move an item; a locked one (None) cannot be moved at any cost."""

    UNTOUCHED = 1
    LIVE = 4  # in conversation


class UnusableTeam(ValueError):
    """The team cannot be rebalanced as it was given; the message names the part."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A rep with the cap on workload; `fixed` is load of which nothing is given away here.

    `item_room`, `task_room`: how many more items and to-dos he may have, whatever they weigh; None
    = as many as the cap allows. Below 0 he has too many already.
    """

    rep: str
    cap: int
    fixed: int = 0
    item_room: int | None = None
    task_room: int | None = None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item somebody has: its load, what a move costs, and who else may take it.

    `items`, `tasks`: as how many of each it counts. A lead counts as one item, and as the to-dos
    that go with it; its load is theirs, too.
    """

    item: str
    owner: str
    load: int
    cost: int | None
    receivers: frozenset[str]
    items: int = 1
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One item from one rep to another."""

    item: str
    from_rep: str
    to_rep: str
    load: int
    cost: int


@dataclass(frozen=True, slots=True)
class RepLoad:
    """A rep's load before and after the moves, beside the cap."""

    rep: str
    cap: int
    before: int
    after: int

    @property
    def left_over(self) -> int:
        """What is still above the cap: locked, or with room nowhere."""
        return max(0, self.after - self.cap)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves to be looked at, edited and approved, with the load of everybody.

    `bound`: with nothing left over no plan costs less; where something is, it bounds nothing.
    """

    moves: tuple[Move, ...]
    loads: tuple[RepLoad, ...]
    bound: int

    @property
    def cost(self) -> int:
        """What all moves cost together."""
        return sum(move.cost for move in self.moves)

    @property
    def left_over(self) -> int:
        """Load above caps that no move can take away, or that found no room."""
        return sum(load.left_over for load in self.loads)


class MoveFault(StrEnum):
    """What can be wrong with a move, by whoever wrote it."""

    TWICE = "twice"
    UNKNOWN = "unknown"
    OWNER_CHANGED = "owner_changed"
    CHANGED = "changed"
    LOCKED = "locked"
    NOT_ELIGIBLE = "not_eligible"
    OVER_CAP = "over_cap"
    OVER_COUNT = "over_count"
