"""Whether moves can still be made: after somebody edited them, or the team moved on."""

from collections.abc import Mapping, Sequence

from evenhand.engine.workload.moves import Carrier, Move, MoveFault, OpenItem
from evenhand.engine.workload.room import Rooms
from evenhand.engine.workload.team import Team


def check_moves(
    carriers: Sequence[Carrier], items: Sequence[OpenItem], moves: Sequence[Move]
) -> list[tuple[Move, MoveFault]]:
    """What is wrong with moves, edited or grown old; empty = they can be made.

    A receiver may end over the cap only by what he had above it already.

    :raises UnusableTeam: as `propose_moves`.
    """
    team = Team(carriers, items)
    place_of = {item.item: number for number, item in enumerate(items)}
    rooms = team.rooms.copied()
    faults: list[tuple[Move, MoveFault]] = []
    sound: list[Move] = []
    seen: set[str] = set()
    for move in moves:
        fault = _fault(team, place_of, move, seen)
        seen.add(move.item)
        if fault is not None:
            faults.append((move, fault))
            continue
        sound.append(move)
        item = team.items[place_of[move.item]]
        rooms.move(item, team.number[move.from_rep], team.number[move.to_rep])
    for move in sound:
        fault = _overfull(team, rooms, team.items[place_of[move.item]], team.number[move.to_rep])
        if fault is not None:
            faults.append((move, fault))
    return faults


def _overfull(team: Team, after: Rooms, item: OpenItem, rep: int) -> MoveFault | None:
    """Whether a receiver ends above a limit that the item counts for, by more than before."""
    before = team.rooms
    if after.points[rep] < min(0, before.points[rep]):
        return MoveFault.OVER_CAP
    if item.items and after.items[rep] < min(0, before.items[rep]):
        return MoveFault.OVER_COUNT
    if item.tasks and after.tasks[rep] < min(0, before.tasks[rep]):
        return MoveFault.OVER_COUNT
    return None


def _fault(team: Team, place_of: Mapping[str, int], move: Move, seen: set[str]) -> MoveFault | None:
    if move.item in seen:
        return MoveFault.TWICE
    if move.item not in place_of or move.to_rep not in team.number:
        return MoveFault.UNKNOWN
    item = team.items[place_of[move.item]]
    if item.owner != move.from_rep:
        return MoveFault.OWNER_CHANGED
    if item.cost is None:
        return MoveFault.LOCKED
    if (item.load, item.cost) != (move.load, move.cost):
        return MoveFault.CHANGED
    if move.to_rep not in item.receivers or move.to_rep == item.owner:
        return MoveFault.NOT_ELIGIBLE
    return None
