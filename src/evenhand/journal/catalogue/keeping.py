"""Events of clocks that people stop, lengthen or put over what is held already."""

from collections.abc import Iterator

from evenhand.journal.catalogue.dealing import ITEMS
from evenhand.journal.catalogue.types import (
    ANY,
    CODE,
    CODES,
    MOMENT,
    NUMBER,
    PERSON,
    RECEIPT,
    EventType,
)

_HELD = {"rep": PERSON}
_CLOCK = {**_HELD, "clock": CODE}
_PAUSED = {"from_at": MOMENT, "until_at": ANY, "reason": CODE, "rep": PERSON}


def _of_items() -> Iterator[EventType]:
    for item in ITEMS:
        yield EventType(f"{item}.declined", item, {"from": PERSON, "reason": CODE})
        yield EventType(f"{item}.extension_asked", item, {**_CLOCK, "reason": CODE})
        yield EventType(
            f"{item}.extended",
            item,
            {**_CLOCK, "days": NUMBER, "minutes": NUMBER, "points": NUMBER, "receipt": RECEIPT},
        )
        yield EventType(f"{item}.extension_refused", item, _CLOCK)
        yield EventType(f"{item}.locked", item, {**_HELD, "until": MOMENT})
        yield EventType(f"{item}.unlocked", item, _HELD)
        yield EventType(f"{item}.clock_paused", item, _PAUSED)
        yield EventType(f"{item}.clock_resumed", item, _HELD)
        yield EventType(f"{item}.clock_missed", item, {**_CLOCK, "due_at": MOMENT, "acts": CODES})


TYPES = (
    *_of_items(),
    EventType("clocks.frozen", "pause", _PAUSED),
    EventType("clocks.paused", "pause", _PAUSED),
    EventType("clocks.resumed", "pause", _PAUSED),
    EventType("clocks.rule_stopped", "line", {"rule": ANY, "version": NUMBER}),
    EventType("clocks.rule_resumed", "line", {"rule": ANY, "version": NUMBER}),
    EventType("clocks.reached_back", "line", {"version": NUMBER, "count": NUMBER}),
)
