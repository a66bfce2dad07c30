"""What people carry, and what they received lately, as far as the rules' limits ask for it."""

from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.engine.facts import Load
from evenhand.engine.routing.capacity import are_unlimited, window_start
from evenhand.engine.routing.eligible import Roster


def read_loads(roster: Roster, moment: datetime) -> dict[str, Load]:
    """Loads by person's id; nobody's where nothing limits what people carry."""
    if are_unlimited(roster.limits):
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT rep_id, open_count, open_points FROM load")
        carried = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
        received = _read_received(cursor, roster, moment)
    return {
        str(rep): Load(*carried.get(rep, (0, 0)), tuple(received.get(rep, ())))
        for rep in {*carried, *received}
    }


def _read_received(
    cursor: Any, roster: Roster, moment: datetime
) -> dict[int, list[tuple[datetime, int]]]:
    """What was received within the longest window that anybody's limits look at."""
    windows = {cap for limit in roster.limits for cap in limit.windows}
    if not windows:
        return {}
    since = min(window_start(cap, moment, roster.zone) for cap in windows)
    cursor.execute(
        "SELECT rep_id, opened_at, points FROM assignment"
        " WHERE opened_at >= %s ORDER BY opened_at, id",
        [since],
    )
    found: dict[int, list[tuple[datetime, int]]] = {}
    for rep, at, points in cursor.fetchall():
        # A second's fraction must not put the last item after the engine's `now`.
        found.setdefault(rep, []).append((at.replace(microsecond=0), points))
    return found
