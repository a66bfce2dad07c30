"""The catalogue of event types (事件目录): what automation may stand on."""

from collections.abc import Mapping

from evenhand.journal.catalogue import (
    access,
    customers,
    dealing,
    files,
    keeping,
    outside,
    people,
    rebalance,
    tasks,
)
from evenhand.journal.catalogue.types import EventType

CATALOGUE: Mapping[str, EventType] = {
    one.kind: one
    for part in (
        *(dealing.TYPES, customers.TYPES, files.TYPES),
        *(people.TYPES, access.TYPES, outside.TYPES, keeping.TYPES, tasks.TYPES),
        rebalance.TYPES,
    )
    for one in part
}
