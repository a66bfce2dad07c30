"""Events of to-dos (待办) and of series."""

from evenhand.journal.catalogue.types import (
    ANY,
    CODE,
    CODES,
    DAY,
    MOMENT,
    NUMBER,
    PERSON,
    RECEIPT,
    TEXT,
    EventType,
    id_of,
)

_GIVEN = {"rep": PERSON, "from": PERSON, "reason": CODE, "receipt": RECEIPT}
_GIVEN_UP = {"from": PERSON, "reason": CODE, "receipt": RECEIPT}

TYPES = (
    EventType(
        "task.made",
        "task",
        {"type": TEXT, "state": CODE, "rep": PERSON, "receipt": RECEIPT, "via": CODE},
    ),
    EventType("task.dealt", "task", {"state": CODE, "rep": PERSON, "receipt": RECEIPT}),
    EventType("task.assigned", "task", _GIVEN),
    EventType("task.transferred", "task", _GIVEN),
    EventType("task.offered", "task", _GIVEN_UP),
    EventType("task.claimed", "task", {"rep": PERSON, "receipt": RECEIPT}),
    EventType("task.given_back", "task", _GIVEN_UP),
    EventType(
        "task.done",
        "task",
        {"rep": PERSON, "type": TEXT, "quantity": NUMBER, "minutes": ANY, "evidence": CODE},
    ),
    EventType("task.photo_added", "task", {"photo": NUMBER, "bytes": NUMBER}),
    EventType("task.photo_removed", "task", {"photo": NUMBER}),
    EventType("task.reopened", "task", {"rep": PERSON}),
    EventType("task.rescheduled", "task", {"due_at": MOMENT, "before": ANY}),
    EventType("task.edited", "task", {"fields": CODES}),
    EventType("task.skipped", "task", _GIVEN_UP),
    EventType("task.canceled", "task", _GIVEN_UP),
    EventType("series.made", "series", {"type": TEXT, "line": id_of("line")}),
    EventType("series.edited", "series", {"fields": CODES}),
    EventType("series.stopped", "series", {"open": NUMBER}),
    EventType("series.resumed", "series", {"from_on": DAY}),
    EventType("feed.opened", "person"),
    EventType("feed.closed", "person"),
)
