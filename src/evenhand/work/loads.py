"""How much open work everybody carries, in workload points: items by their stage, and tasks."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection

from evenhand.engine.workload.section import WorkloadSection
from evenhand.platform.clock import now
from evenhand.tasks.carried import open_work
from evenhand.work.sections import Sections, sections_now

# To-dos that begin later are no load yet: series are made weeks ahead.
TASKS_AHEAD_DAYS = 28


@dataclass(frozen=True, slots=True)
class Part:
    """Open items of one kind and stage in one hand; micro-points of all of them together."""

    kind: str  # lead, opportunity, account, task
    stage: str
    count: int
    points: int


@dataclass(slots=True)
class Carried:
    """What one rep carries."""

    parts: list[Part] = field(default_factory=list)
    lines: Counter[int | None] = field(default_factory=Counter)

    @property
    def items(self) -> int:
        """Open items, however obtained; tasks are none."""
        return sum(part.count for part in self.parts if part.kind != "task")

    @property
    def item_points(self) -> int:
        """Micro-points of the items alone."""
        return sum(part.points for part in self.parts if part.kind != "task")

    @property
    def points(self) -> int:
        """Micro-points of items and tasks."""
        return sum(part.points for part in self.parts)

    def section(self, sections: Sections) -> WorkloadSection:
        """The section of the line of most of the items."""
        most = max(self.lines, key=lambda line: (self.lines[line], -(line or 0)), default=None)
        return sections.of(most)


_OPEN = """
SELECT owner_id, line_id, 'lead' AS kind, stage, count(*) FROM lead
WHERE owner_id = ANY(%(reps)s) AND state = 'owned' GROUP BY 1, 2, 4
UNION ALL
SELECT owner_id, line_id, 'opportunity', stage, count(*) FROM opportunity
WHERE owner_id = ANY(%(reps)s) AND state = 'owned' AND stage NOT IN ('won', 'lost') GROUP BY 1, 2, 4
UNION ALL
SELECT owner_id, line_id, 'account', CASE WHEN is_key_account THEN 'key' ELSE 'other' END, count(*)
FROM company WHERE owner_id = ANY(%(reps)s) AND state = 'owned' GROUP BY 1, 2, 4
"""


def loads_of(rep_ids: Collection[int], sections: Sections | None = None) -> dict[int, Carried]:
    """What each of these reps carries, by kind and stage."""
    sections = sections or sections_now()
    found = {rep: Carried() for rep in rep_ids}
    counted: dict[int, dict[tuple[str, str], tuple[int, int]]] = {rep: {} for rep in rep_ids}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"reps": sorted(rep_ids)})
        for rep, line, kind, stage, count in cursor.fetchall():
            points = count * sections.of(line).points_of(kind, stage)
            before = counted[rep].get((kind, stage), (0, 0))
            counted[rep][kind, stage] = (before[0] + count, before[1] + points)
            found[rep].lines[line] += count
    until = now() + timedelta(days=TASKS_AHEAD_DAYS)
    for rep, tasks in open_work(rep_ids, until=until).items():
        counted[rep]["task", ""] = tasks
    for rep, parts in counted.items():
        found[rep].parts = [Part(*key, *parts[key]) for key in sorted(parts)]
    return found


def carried(rep_ids: Collection[int]) -> Mapping[int, int]:
    """Workload micro-points of open items and tasks, by rep."""
    return {rep: one.points for rep, one in loads_of(rep_ids).items()}
