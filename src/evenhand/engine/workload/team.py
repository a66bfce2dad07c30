"""A team by number, ready to be planned: loads, rooms, and who may take what."""

from collections.abc import Sequence

from evenhand.engine.workload.cover import Piece
from evenhand.engine.workload.moves import Carrier, OpenItem, UnusableTeam
from evenhand.engine.workload.room import Rooms


class Team:
    """The given team by number: loads, rooms, and the receivers of each item."""

    def __init__(self, carriers: Sequence[Carrier], items: Sequence[OpenItem]) -> None:
        self.carriers, self.items = tuple(carriers), tuple(items)
        self.number = {carrier.rep: place for place, carrier in enumerate(self.carriers)}
        if len(self.number) < len(self.carriers):
            raise UnusableTeam("a rep stands twice among the carriers")
        if len({item.item for item in self.items}) < len(self.items):
            raise UnusableTeam("an item stands twice")
        for carrier in self.carriers:
            if carrier.cap < 0 or carrier.fixed < 0:
                raise UnusableTeam(f"{carrier.rep}: cap and fixed load are 0 or more")
        self.caps = [carrier.cap for carrier in self.carriers]
        self.loads = [carrier.fixed for carrier in self.carriers]
        self.held: list[list[int]] = [[] for _ in self.carriers]
        for place, item in enumerate(self.items):
            if item.owner not in self.number:
                raise UnusableTeam(f"{item.item}: its owner {item.owner} is no carrier")
            if item.load < 0 or (item.cost is not None and item.cost <= 0):
                raise UnusableTeam(f"{item.item}: a load is 0 or more, a cost more than 0")
            if item.items < 0 or item.tasks < 0:
                raise UnusableTeam(f"{item.item}: it counts as 0 or more items and to-dos")
            self.loads[self.number[item.owner]] += item.load
            self.held[self.number[item.owner]].append(place)
        left = [cap - load for cap, load in zip(self.caps, self.loads, strict=True)]
        self.rooms = Rooms.of(self.carriers, left)
        self._receivers: dict[frozenset[str], tuple[int, ...]] = {}

    def receivers(self, place: int) -> tuple[int, ...]:
        """Who may take the item and had room at the start; the sets repeat and are read once."""
        names = self.items[place].receivers
        known = self._receivers.get(names)
        if known is None:
            numbers = sorted(self.number[name] for name in names if name in self.number)
            known = tuple(number for number in numbers if self.rooms.points[number] > 0)
            self._receivers[names] = known
        return known

    def candidates(self, rep: int, rooms: Rooms) -> list[Piece]:
        """The items of a rep that may move and fit somewhere now."""
        found = []
        for place in self.held[rep]:
            item = self.items[place]
            if item.cost is None or not item.load:
                continue
            if any(rooms.fits(number, item) for number in self.receivers(place)):
                found.append(Piece(place, item.load, item.cost))
        return found
