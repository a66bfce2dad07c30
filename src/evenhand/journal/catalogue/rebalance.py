"""Events of rebalances (负荷调整)."""

from collections.abc import Iterator

from evenhand.journal.catalogue.types import CODE, FLAG, NUMBER, PERSON, EventType, id_of


def _types() -> Iterator[EventType]:
    one = {"rebalance": id_of("rebalance")}
    moves = {**one, "moves": NUMBER}
    yield EventType("rebalance.proposed", "rebalance", {**moves, "team": id_of("team")})
    moved = {"item_kind": CODE, "item": NUMBER, "from": PERSON, "to": PERSON}
    yield EventType("rebalance.edited", "rebalance", {**one, **moved})
    yield EventType("rebalance.dropped", "rebalance", one)
    yield EventType("rebalance.approved", "rebalance", moves)
    yield EventType("rebalance.undone", "rebalance", moves)
    made = {**moves, "refused": NUMBER, "is_undone": FLAG}
    yield EventType("rebalance.finished", "rebalance", made)
    figures = {"rows": NUMBER, "format": CODE, "reason": CODE}
    yield EventType("rebalance.exported", "rebalance", figures)


TYPES = tuple(_types())
