"""How much everybody can carry, with every term that it follows from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from evenhand.engine import facts
from evenhand.engine.facts import POINT
from evenhand.engine.routing.team import Team
from evenhand.engine.workload.capacity import (
    MINUTES_PER_POINT,
    Capacity,
    Override,
    SellingTime,
    selling_time,
)
from evenhand.engine.workload.meetings import meetings_between
from evenhand.engine.workload.section import WorkloadSection
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.models import Cap, Rep
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now
from evenhand.work.loads import Carried, loads_of
from evenhand.work.models import Measured
from evenhand.work.sections import Sections, sections_now

# Working time is looked at so far ahead: leave of next month lowers what fits today.
AHEAD_DAYS = 28
USUAL_DAYS_OPEN = 21
FEWEST_CLOSED = 30
_FEWEST_ITEMS = 10  # of one's own, before their mix says what an item takes


@dataclass(frozen=True, slots=True)
class Explained:
    """A rep's capacity and where its terms come from."""

    capacity: Capacity
    time: SellingTime
    first: date
    last: date
    items_from: str  # own, all, table: whose items say what one takes
    days_from: str  # rules, measured, usual
    cap: Cap | None  # set by hand with an end
    fixed: int | None  # the number on the member page, which has no end
    is_kept: bool  # whether dealing keeps to the derived cap

    @property
    def holds(self) -> str:
        """Which cap holds: hand, fixed, derived."""
        return "hand" if self.cap else "fixed" if self.fixed is not None else "derived"


def capacity_of(rep_ids: Collection[int], today: date) -> dict[int, Capacity]:
    """What each of these reps can carry from this day on; strangers are left out."""
    return {rep: one.capacity for rep, one in explained(rep_ids, today).items()}


def explained(
    rep_ids: Collection[int],
    today: date,
    *,
    loads: Mapping[int, Carried] | None = None,
    sections: Sections | None = None,
) -> dict[int, Explained]:
    """The same with their terms; six queries for any number, fewer where loads are at hand."""
    sections = sections or sections_now()
    loads = loads if loads is not None else loads_of(rep_ids, sections)
    team = people_now(now()).team
    people = {int(rep.id): rep for rep in team.reps}
    caps = {
        one.rep_id: one
        for one in Cap.objects.filter(rep__in=rep_ids, ended_at=None, until_date__gte=today)
    }
    fixed = dict(Rep.objects.filter(pk__in=rep_ids).values_list("pk", "capacity"))
    measured = Measured.objects.first()
    times = _Times(team, today, today + timedelta(days=AHEAD_DAYS - 1))
    found = {}
    for rep_id in rep_ids:
        if rep_id not in people:
            continue
        carried = loads.get(rep_id, Carried())
        section = carried.section(sections)
        minutes, items_from = _minutes_per_item(carried, measured, section)
        open_for, days_from = days_open(section, measured)
        time = times.of(people[rep_id], section)
        found[rep_id] = Explained(
            Capacity(
                selling_minutes=time.per_week,
                minutes_per_item=minutes,
                days_open=open_for,
                utilization_percent=section.utilization_percent,
                override=_override(caps.get(rep_id), fixed.get(rep_id)),
            ),
            time,
            today,
            times.last,
            items_from,
            days_from,
            caps.get(rep_id),
            fixed.get(rep_id),
            section.caps == "kept",
        )
    return found


class _Times:
    """Selling time from the first day to the last, worked out once for all who share its terms."""

    def __init__(self, team: Team, first: date, last: date) -> None:
        self.last = last
        self._team, self._first = team, first
        self._span = whole_days(first, last, company_zone())
        self._known: dict[object, SellingTime] = {}

    def of(self, rep: facts.Rep, section: WorkloadSection) -> SellingTime:
        """Of one person, by the meetings of the line that most of his items are of."""
        key = (rep.calendar, rep.team, rep.leaves, section.meetings)
        if key not in self._known:
            calendar = self._team.calendar_of(rep)
            meetings = meetings_between(
                section.meetings, rep.team, calendar, self._first, self.last
            )
            self._known[key] = selling_time(
                calendar, *self._span, leaves=rep.leaves, meetings=meetings
            )
        return self._known[key]


def _minutes_per_item(
    own: Carried, measured: Measured | None, section: WorkloadSection
) -> tuple[Fraction, str]:
    mean = mean_minutes([own]) if own.items >= _FEWEST_ITEMS else None
    if mean is not None:
        return mean, "own"
    if measured is not None and measured.item_minutes:
        return Fraction(measured.item_minutes, 100), "all"
    table = section.points_of("lead", "new") or POINT
    return Fraction(table * MINUTES_PER_POINT, POINT), "table"


def mean_minutes(loads: Collection[Carried]) -> Fraction | None:
    """Minutes that one of these items takes; None where there is none, or all are free."""
    items = sum(one.items for one in loads)
    points = sum(one.item_points for one in loads)
    return Fraction(points * MINUTES_PER_POINT, items * POINT) if items and points else None


def days_open(section: WorkloadSection, measured: Measured | None) -> tuple[Fraction, str]:
    """How long an item stays open, and what says so: rules, measured, usual."""
    if section.days_open is not None:
        return Fraction(section.days_open), "rules"
    if measured is not None and measured.days_open:
        return Fraction(measured.days_open, 100), "measured"
    return Fraction(USUAL_DAYS_OPEN), "usual"


def _override(cap: Cap | None, fixed: int | None) -> Override | None:
    if cap is not None:
        return Override(cap.open_items, cap.note, cap.until_date)
    # The number on the member page has no end.
    return None if fixed is None else Override(fixed, "member page", date.max)
