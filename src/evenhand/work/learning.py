"""What handling minutes say of the table of workload points: proposals with their evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from evenhand.engine.facts import POINT
from evenhand.engine.workload.capacity import MINUTES_PER_POINT
from evenhand.engine.workload.kinds import WorkKind
from evenhand.engine.workload.points import (
    FEWEST_LOGS,
    Learnt,
    LearntTable,
    Log,
    learn_points,
)
from evenhand.engine.workload.section import WorkloadSection
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.tasks.queries import types_of
from evenhand.work.handled import Contacts

TASK = "task"  # a kind of to-do is its "stage"

LEARNT_DAYS = 180
_MOST_LOGS = 4_000  # the latest: more say hardly more, and the page waits
CHANNELS = ("call", "meeting", "visit")  # what has a measured length


@dataclass(frozen=True, slots=True)
class Family:
    """One part of the table: channels (of one contact), leads, opportunities, to-dos by type."""

    key: str
    table: LearntTable | None  # None = too few logs to say anything

    @property
    def kinds(self) -> Sequence[Learnt]:
        """Every kind of the part that any log had."""
        return [] if self.table is None else [one for one in self.table.kinds if one.log_count]

    @property
    def proposals(self) -> Sequence[Learnt]:
        """Changes worth a person's decision."""
        return () if self.table is None else self.table.proposals


def learnt(actor: Actor, line_id: int, section: WorkloadSection, now: datetime) -> list[Family]:
    """What the last half year says of each part of a line's table.

    :raises NotAllowed: the actor may not see policies.
    """
    demand(actor, Right.SEE_POLICY)
    since = now - timedelta(days=LEARNT_DAYS)
    channels = {
        WorkKind(one): section.minutes_of(one) * POINT // MINUTES_PER_POINT for one in CHANNELS
    }
    leads = {
        WorkKind("lead", stage): section.points_of("lead", stage)
        for stage in type(section.leads).model_fields
    }
    types = {WorkKind(TASK, one.type): one.usual_points for one in types_of(line_id)}
    sales = {WorkKind("opportunity", "negotiation"): section.opportunities.negotiation}
    return [
        _family("channels", list(_measured(since, section)), channels),
        _family("leads", list(_ended("lead", since, line_id, section)), leads),
        _family("opportunities", list(_ended("opportunity", since, line_id, section)), sales),
        _family("tasks", list(_tasks(since, line_id, types)), types),
    ]


def _family(key: str, logs: Sequence[Log], table: Mapping[WorkKind, int]) -> Family:
    return Family(key, learn_points(logs, table) if len(logs) >= FEWEST_LOGS else None)


_TASKS = """
SELECT type, handled_minutes FROM task
WHERE line_id = %s AND done_at >= %s AND handled_minutes > 0 AND quantity_done <= quantity
ORDER BY done_at DESC LIMIT %s
"""


def _tasks(since: datetime, line_id: int, known: Mapping[WorkKind, int]) -> Iterator[Log]:
    """To-dos that were done, with the minutes that whoever did them logged."""
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, [line_id, since, _MOST_LOGS])
        for type_, minutes in cursor.fetchall():
            if WorkKind(TASK, type_) in known:
                yield Log(minutes, {WorkKind(TASK, type_): 1})


_MEASURED = """
SELECT channel, ceil(seconds / 60.0)::int FROM activity
WHERE at >= %s AND seconds > 0 AND channel = ANY(%s) ORDER BY at DESC LIMIT %s
"""


def _measured(since: datetime, section: WorkloadSection) -> Iterator[Log]:
    """Calls and meetings whose length was recorded, with the time around them."""
    with connection.cursor() as cursor:
        cursor.execute(_MEASURED, [since, list(CHANNELS), _MOST_LOGS])
        for channel, minutes in cursor.fetchall():
            yield Log(minutes + section.around_minutes, {WorkKind(channel): 1})


_ENDED = {
    "lead": """
SELECT id, CASE WHEN stage = 'converted' THEN 'qualified' ELSE lost_stage END AS reached
FROM lead WHERE line_id = %(line)s AND closed_at >= %(since)s
    AND (stage = 'converted' OR lost_stage IN ('new', 'contacted', 'qualified'))
ORDER BY closed_at DESC LIMIT %(most)s
""",
    "opportunity": """
SELECT id, 'negotiation' AS reached FROM opportunity
WHERE line_id = %(line)s AND closed_at >= %(since)s AND stage = 'won'
ORDER BY closed_at DESC LIMIT %(most)s
""",
}
_HANDLED = """
SELECT ended.id, ended.reached, a.channel,
    count(*) FILTER (WHERE a.seconds IS NULL AND NOT (a.channel = 'call' AND a.direction = 'out')),
    count(*) FILTER (WHERE a.seconds IS NULL AND a.channel = 'call' AND a.direction = 'out'),
    count(a.seconds), coalesce(sum(least(ceil(a.seconds / 60.0), 720)), 0)
FROM ({ended}) AS ended JOIN activity AS a ON a.item_kind = %(kind)s AND a.item_id = ended.id
WHERE a.channel <> 'system' GROUP BY 1, 2, 3 ORDER BY 1 DESC
"""


def _ended(kind: str, since: datetime, line_id: int, section: WorkloadSection) -> Iterator[Log]:
    """Items that ended, by how far they had come, with all that was done for them."""
    minutes: dict[tuple[int, str], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _HANDLED.format(ended=_ENDED[kind]),
            {"line": line_id, "since": since, "most": _MOST_LOGS, "kind": kind},
        )
        for item, reached, channel, count, unanswered, measured, taken in cursor.fetchall():
            one = Contacts(channel, count, unanswered, measured, int(taken))
            minutes[item, reached] = minutes.get((item, reached), 0) + one.minutes(section)
    for (_, reached), took in minutes.items():
        yield Log(took, {WorkKind(kind, reached): 1})
