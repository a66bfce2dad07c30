"""What people did in a time: minutes on contacts, items in and out, first responses."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from evenhand.engine.workload.section import WorkloadSection

_MOST_MINUTES = 12 * 60  # of one contact: a longer one is a clock that nobody stopped


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts of one rep by one channel in one week."""

    channel: str
    count: int  # without a measured length
    unanswered: int  # calls that nobody took
    measured: int
    measured_minutes: int

    def minutes(self, section: WorkloadSection) -> int:
        """How long they took altogether."""
        around = section.around_minutes * (self.measured + self.unanswered)
        return self.measured_minutes + around + self.count * section.minutes_of(self.channel)


_CONTACTS = """
SELECT user_id, date_trunc('week', at AT TIME ZONE %(zone)s)::date, channel,
    count(*) FILTER (WHERE seconds IS NULL AND NOT (channel = 'call' AND direction = 'out')),
    count(*) FILTER (WHERE seconds IS NULL AND channel = 'call' AND direction = 'out'),
    count(seconds), coalesce(sum(least(ceil(seconds / 60.0), %(most)s)), 0)
FROM activity
WHERE user_id = ANY(%(reps)s) AND at >= %(since)s AND at < %(until)s AND channel <> 'system'
    AND NOT EXISTS (
        SELECT FROM task
        WHERE activity_id = activity.id AND state = 'done' AND handled_minutes IS NOT NULL
    )
GROUP BY 1, 2, 3
"""


def contacts_between(
    rep_ids: Collection[int], since: datetime, until: datetime, zone: ZoneInfo
) -> dict[tuple[int, date], list[Contacts]]:
    """Contacts by rep and Monday."""
    found: dict[tuple[int, date], list[Contacts]] = {}
    rows = _asked(_CONTACTS, rep_ids, since, until, zone=zone.key, most=_MOST_MINUTES)
    for rep, monday, channel, count, unanswered, measured, minutes in rows:
        one = Contacts(channel, count, unanswered, measured, int(minutes))
        found.setdefault((rep, monday), []).append(one)
    return found


# A to-do with a contact as its proof counts once: as logged with the to-do, else as the contact.
_TASKS = """
SELECT owner_id, date_trunc('week', done_at AT TIME ZONE %(zone)s)::date,
    sum(coalesce(handled_minutes, CASE WHEN activity_id IS NULL THEN minutes ELSE 0 END))
FROM task
WHERE state = 'done' AND owner_id = ANY(%(reps)s) AND done_at >= %(since)s AND done_at < %(until)s
GROUP BY 1, 2
"""


def task_minutes_between(
    rep_ids: Collection[int], since: datetime, until: datetime, zone: ZoneInfo
) -> dict[tuple[int, date], int]:
    """Minutes of to-dos that were done, by rep and Monday: as logged, else as expected."""
    rows = _asked(_TASKS, rep_ids, since, until, zone=zone.key)
    return {(rep, monday): int(minutes) for rep, monday, minutes in rows}


_CAME_IN = """
SELECT rep_id, date_trunc('week', opened_at AT TIME ZONE %(zone)s)::date, count(*)
FROM assignment WHERE rep_id = ANY(%(reps)s) AND opened_at >= %(since)s AND opened_at < %(until)s
GROUP BY 1, 2
"""
_WENT_OUT = _CAME_IN.replace("opened_at", "closed_at")


def flows_between(
    rep_ids: Collection[int], since: datetime, until: datetime, zone: ZoneInfo
) -> tuple[Mapping[tuple[int, date], int], Mapping[tuple[int, date], int]]:
    """How many items came to whom and left whom, by rep and Monday."""
    came, went = (
        Counter(
            {
                (rep, monday): count
                for rep, monday, count in _asked(query, rep_ids, since, until, zone=zone.key)
            }
        )
        for query in (_CAME_IN, _WENT_OUT)
    )
    return came, went


_RESPONSES = """
SELECT owner_id, assigned_at, contacted_at FROM lead
WHERE owner_id = ANY(%(reps)s) AND contacted_at >= %(since)s AND contacted_at < %(until)s
    AND contacted_at >= assigned_at
ORDER BY contacted_at, id
"""


def responses_between(
    rep_ids: Collection[int], since: datetime, until: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When leads were given and when first contact was made, by rep, in the order of contacts."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for rep, assigned_at, contacted_at in _asked(_RESPONSES, rep_ids, since, until):
        found.setdefault(rep, []).append((assigned_at, contacted_at))
    return found


def _asked(
    query: str, rep_ids: Collection[int], since: datetime, until: datetime, **more: Any
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"reps": sorted(rep_ids), "since": since, "until": until, **more})
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
