"""Moves under way: items find a place, make room for others, or go back to their owners."""

from collections.abc import Sequence

from evenhand.engine.workload.moves import Move, Proposal, RepLoad
from evenhand.engine.workload.team import Team


class Draft:
    """Moves under way: where each moved item went, and the room that is left."""

    def __init__(self, team: Team, candidates: Sequence[int]) -> None:
        self.team = team
        self.candidates = candidates
        self.rooms = team.rooms.copied()
        self.to_rep: dict[int, int] = {}
        self.moved_to: dict[int, set[int]] = {}
        self.unplaced: set[int] = set()

    def copied(self) -> "Draft":
        """The same moves, free to be changed."""
        copy = Draft(self.team, self.candidates)
        copy.rooms, copy.to_rep = self.rooms.copied(), dict(self.to_rep)
        copy.moved_to = {rep: set(places) for rep, places in self.moved_to.items()}
        return copy

    @property
    def cost(self) -> int:
        """What all moves cost together."""
        return sum(self.team.items[place].cost or 0 for place in self.to_rep)

    def score(self) -> tuple[int, int, int]:
        """Less is better: load left over, then cost, then moves."""
        return (sum(max(0, -room) for room in self.rooms.points), self.cost, len(self.to_rep))

    def owners(self) -> list[int]:
        """The reps from whom something goes."""
        return sorted({self.team.number[self.team.items[place].owner] for place in self.to_rep})

    def needed(self, rep: int) -> int:
        """What the rep still has to shed."""
        return max(0, -self.rooms.points[rep])

    def put(self, place: int, rep: int) -> None:
        """Move an item, from its owner or from where it was put before."""
        item = self.team.items[place]
        self.take_back(place)
        self.rooms.move(item, self.team.number[item.owner], rep)
        self.to_rep[place] = rep
        self.moved_to.setdefault(rep, set()).add(place)

    def take_back(self, place: int) -> None:
        """Leave an item with its owner after all."""
        rep = self.to_rep.pop(place, None)
        if rep is not None:
            item = self.team.items[place]
            self.moved_to[rep].discard(place)
            self.rooms.move(item, rep, self.team.number[item.owner])

    def place(self, place: int) -> bool:
        """Into most room; else one moved item makes room. False: there is no way."""
        item, rooms = self.team.items[place], self.rooms
        receivers = self.team.receivers(place)
        assert receivers, "a candidate fits somewhere"
        fitting = [rep for rep in receivers if rooms.fits(rep, item)]
        if fitting:
            self.put(place, max(fitting, key=lambda rep: (rooms.points[rep], -rep)))
            return True
        for rep in receivers:
            for other in sorted(self.moved_to.get(rep, ())):
                goes = self.team.items[other]
                if not rooms.fits(rep, item, instead_of=goes):
                    continue
                for third in self.team.receivers(other):
                    if third != rep and rooms.fits(third, goes):
                        self.put(other, third)
                        self.put(place, rep)
                        return True
        return False

    def drop_needless(self) -> None:
        """Leave with their owners the items that need not go after all, dearest first."""
        items = self.team.items
        moved = sorted(
            self.to_rep, key=lambda place: (-(items[place].cost or 0), items[place].load, place)
        )
        for place in moved:
            if self.rooms.points[self.team.number[items[place].owner]] >= items[place].load:
                self.take_back(place)

    def proposal(self, bound: int) -> Proposal:
        """The plan as values: moves by owner and item, loads in the order of the carriers."""
        team = self.team
        moves = []
        for place in sorted(self.to_rep):
            item = team.items[place]
            assert item.cost is not None, "locked items never move"
            to_rep = team.carriers[self.to_rep[place]].rep
            moves.append(Move(item.item, item.owner, to_rep, item.load, item.cost))
        return Proposal(
            moves=tuple(moves),
            loads=tuple(
                RepLoad(
                    carrier.rep, carrier.cap, team.loads[rep], carrier.cap - self.rooms.points[rep]
                )
                for rep, carrier in enumerate(team.carriers)
            ),
            bound=bound,
        )
