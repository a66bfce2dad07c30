"""Hints to open pages that something changed: one NOTIFY per call, no personal data in it.

A hint is lost if nobody listens; pages that matter also look for themselves now and then.
"""

import json
from collections.abc import Mapping, Sequence

from evenhand.platform.prepared import send

CHANNEL = "evenhand_live"
# PostgreSQL takes at most 8,000 bytes; beyond so many people, everybody is told.
_MOST_PEOPLE = 500


def hint(topics: Mapping[str, Sequence[int]]) -> None:
    """Tell, when the transaction commits, which topics changed for whom; [] = for everybody."""
    short = {
        topic: [] if len(people) > _MOST_PEOPLE else sorted(set(people))
        for topic, people in topics.items()
    }
    payload = json.dumps(short, separators=(",", ":"))
    send("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
