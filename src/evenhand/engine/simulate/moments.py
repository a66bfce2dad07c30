"""Which moments are alike to a policy: one roster serves all of them.

What people can take changes when leave or working time begins or ends, with the date where weights
or conditions look at it, and where a condition asks for the time. Between two such edges nothing
of it changes, so ninety days need a handful of rosters rather than one per item.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from evenhand.engine.calendar.absence import away_window
from evenhand.engine.calendar.worktime import Calendar, instant, zone_named
from evenhand.engine.conditions import Bindings, atoms_of, compile_condition
from evenhand.engine.conditions.operators import SPANS
from evenhand.engine.facts import FULL_WEIGHT
from evenhand.engine.routing.availability import why_unavailable
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.team import Team
from evenhand.engine.routing.weights import effective_weight, is_settling_in

_DAY = timedelta(days=1)
Key = tuple[object, ...]


class Moments:
    """The moments of one policy between two instants."""

    def __init__(
        self,
        policy: Policy,
        teams: Sequence[tuple[datetime, Team]],
        *,
        since: datetime,
        until: datetime,
    ) -> None:
        self.policy = policy
        self.teams = teams
        first = teams[0][1]
        self.clock = first.company_calendar
        self.zone = zone_named(self.clock.zone)
        self._starts = [at for at, _ in teams]
        self._days: dict[date, Key] = {}
        self._stretches: dict[int, int] = {}
        self._alike: dict[Key, int] = {}  # numbers what is alike: short keys, quickly compared
        self._sort_conditions()
        self._edges = sorted(set(self._edges_of(first, since - _DAY, until + _DAY)))

    def _sort_conditions(self) -> None:
        """Which conditions ask for the moment, and whether an item or a person has a part in it."""
        self.is_timed = False  # an item's own dates are measured against the moment
        self.by_date = False  # a person's are
        self.by_second = False  # a person and the time of day stand in one comparison
        alone = []
        for atom in dict.fromkeys(a for one in self.policy.conditions for a in atoms_of(one)):
            roots = {ref.root for ref in atom.fields}
            if atom.operator not in SPANS and "now" not in roots:
                continue
            if roots == {"now"}:
                alone.append(compile_condition(atom, self.policy.schema))
            elif "rep" not in roots:
                self.is_timed = True
            elif "now" in roots or len(roots) > 1:
                self.by_second = True
            else:
                self.by_date = True
        self._alone = tuple(alone)

    # -- edges -----------------------------------------------------------------------------

    def _edges_of(self, team: Team, since: datetime, until: datetime) -> Iterator[datetime]:
        section = self.policy.parts.availability
        day = since.astimezone(self.zone).date()
        while (midnight := instant(datetime.combine(day, time(0)), self.zone)) <= until:
            yield midnight
            day += _DAY
        if section.working_hours == "exclude":
            for calendar in set(map(team.calendar_of, team.reps)):
                yield from _shift_edges(calendar, since, until)
        if section.leave == "exclude":
            for rep in team.reps:
                zone = team.calendar_of(rep).zone
                for leave in rep.leaves:
                    yield from away_window(
                        leave,
                        zone,
                        section.leave_stops_days_before,
                        section.leave_resumes_days_before_end,
                    )

    # -- keys ------------------------------------------------------------------------------

    def team_at(self, now: datetime) -> Team:
        """The people of this moment."""
        return self.teams[max(0, bisect_right(self._starts, now) - 1)][1]

    def key(self, now: datetime) -> Key:
        """Equal for moments at which one roster serves. `now` in UTC, whole seconds."""
        number = max(0, bisect_right(self._starts, now) - 1)
        stretch = bisect_right(self._edges, now)
        known = self._stretches.get(stretch)
        if known is None:
            found = self._of_stretch(now)
            known = self._stretches[stretch] = self._alike.setdefault(found, len(self._alike))
        if self.by_second:
            return (number, now)
        if not self._alone:
            return (number, known)
        return (number, known, self._of_clock(now))

    def _of_clock(self, now: datetime) -> Key:
        bindings = Bindings(
            lead={},
            company={},
            rep=None,
            now=now.astimezone(self.zone),
            regions=self.policy.regions,
            clock=self.clock,
            derived={},
        )
        return tuple(test(bindings) for test in self._alone)

    def _of_stretch(self, now: datetime) -> Key:
        team, section = self.team_at(now), self.policy.parts.availability
        away = tuple(
            None if why is None else why.code
            for rep in team.reps
            for why in [why_unavailable(rep, section, team.calendar_of(rep), now)]
        )
        return (away, self._of_day(now.astimezone(self.zone).date(), team))

    def _of_day(self, today: date, team: Team) -> Key:
        known = self._days.get(today)
        if known is None:
            ladder = self.policy.ladder
            levels = [ladder.get(rep.level) for rep in team.reps]
            pairs = list(zip(team.reps, levels, strict=True))
            weights = tuple(
                effective_weight(
                    rep, base=FULL_WEIGHT, level=level.level if level else None, today=today
                )
                for rep, level in pairs
            )
            new = tuple(
                is_settling_in(rep, level.level if level else None, today) for rep, level in pairs
            )
            known = self._days[today] = (weights, new, today if self.by_date else None)
        return known


def _shift_edges(calendar: Calendar, since: datetime, until: datetime) -> Iterator[datetime]:
    """Where the working time of a calendar begins and ends; shifts that touch, too."""
    zone = zone_named(calendar.zone)
    day = since.astimezone(zone).date() - _DAY
    while (midnight := datetime.combine(day, time(0))).replace(tzinfo=UTC) <= until + _DAY:
        for shift in calendar.shifts_on(day):
            opened, closed = shift.from_midnight
            yield instant(midnight + opened, zone)
            yield instant(midnight + closed, zone)
        day += _DAY
