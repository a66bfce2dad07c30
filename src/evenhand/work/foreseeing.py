"""Where one more item would lead: the warning before somebody is given something."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evenhand.engine.facts import POINT
from evenhand.engine.workload.bands import Band, utilization_after
from evenhand.engine.workload.capacity import MINUTES_PER_POINT
from evenhand.people.clocks import company_day
from evenhand.platform.clock import now
from evenhand.work.capacity import days_open
from evenhand.work.models import Measured, WorkWeek
from evenhand.work.sections import sections_now
from evenhand.work.weeks import WEEK, monday_of

# Older weeks say nothing of today.
_LATEST = 3 * WEEK


@dataclass(frozen=True, slots=True)
class Foresight:
    """Utilization now and with the items, in whole percent."""

    band: Band
    before: int
    after: int
    over_percent: int

    @property
    def warns(self) -> bool:
        """Whether it would be too much: overloaded by now, or above the limit with it."""
        return self.band is Band.OVERLOADED or self.after > self.over_percent


def foreseen(
    rep_ids: Collection[int],
    *,
    kind: str = "lead",
    stage: str = "new",
    line_id: int | None = None,
    count: int = 1,
) -> Mapping[int, Foresight]:
    """Where so many items of a stage would lead each of these reps; unseen ones are left out."""
    section = sections_now().of(line_id)
    weeks = days_open(section, Measured.objects.first())[0] / 7
    minutes = Fraction(count * section.points_of(kind, stage) * MINUTES_PER_POINT, POINT)
    extra = int(minutes / weeks)
    today = company_day(now())
    rows = WorkWeek.objects.filter(
        rep__in=rep_ids, monday__gte=monday_of(today) - _LATEST, utilization__isnull=False
    )
    found = {}
    for row in rows.order_by("monday"):
        assert row.utilization is not None, "filtered"
        after = utilization_after(row.utilization, extra, row.selling_minutes)
        found[row.rep_id] = Foresight(
            Band(row.band),
            row.utilization // 100,
            (row.utilization if after is None else after) // 100,
            section.over_percent,
        )
    return found
