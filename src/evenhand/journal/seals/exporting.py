"""What is sealed as JSON lines, for `verify_alone.py` and for whoever keeps it elsewhere."""

import json
from collections.abc import Iterator

from evenhand.journal.seals.reading import walk
from evenhand.journal.seals.verify_alone import FIELDS, FORMAT, Fields, seal_line


def export_lines() -> Iterator[tuple[str, int]]:
    """The lines of an export, without line ends, and the position that each of them reaches.

    After the line of a seal stand its events, and events that stand in its stretch uninvited.
    """
    yield json.dumps({"journal": FORMAT, "fields": FIELDS}), 0
    for seal, events in walk():
        yield seal_line(seal), seal.last
        for one in events.values():
            yield _event_line(one), seal.last


def _event_line(event: Fields) -> str:
    said = dict(zip(FIELDS, event, strict=True))
    return json.dumps({"event": said}, ensure_ascii=False, separators=(",", ":"))
