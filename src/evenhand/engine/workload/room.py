"""The room that everybody has left: workload points, and how many items and to-dos more."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.engine.workload.moves import Carrier, OpenItem

_ANY_NUMBER = 1 << 62


@dataclass(slots=True)
class Rooms:
    """Room by a rep's number; below 0 = over. Points in micro-points."""

    points: list[int]
    items: list[int]
    tasks: list[int]

    @classmethod
    def of(cls, carriers: Iterable[Carrier], points: list[int]) -> "Rooms":
        """What the carriers may have beside what they have."""
        return cls(
            points,
            [_ANY_NUMBER if one.item_room is None else one.item_room for one in carriers],
            [_ANY_NUMBER if one.task_room is None else one.task_room for one in carriers],
        )

    def copied(self) -> "Rooms":
        """The same, free to be changed."""
        return Rooms(list(self.points), list(self.items), list(self.tasks))

    def fits(self, rep: int, item: OpenItem, instead_of: OpenItem | None = None) -> bool:
        """Whether a rep has room for an item, once he has given away another."""
        points, items, tasks = self.points[rep], self.items[rep], self.tasks[rep]
        if instead_of is not None:
            points += instead_of.load
            items += instead_of.items
            tasks += instead_of.tasks
        return (
            points >= item.load
            and (not item.items or items >= item.items)
            and (not item.tasks or tasks >= item.tasks)
        )

    def move(self, item: OpenItem, from_rep: int, to_rep: int) -> None:
        """An item goes from one to another."""
        self.points[from_rep] += item.load
        self.points[to_rep] -= item.load
        self.items[from_rep] += item.items
        self.items[to_rep] -= item.items
        self.tasks[from_rep] += item.tasks
        self.tasks[to_rep] -= item.tasks
