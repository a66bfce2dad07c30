"""By when a to-do is due: working time of whoever has it, counted from when it begins."""

from datetime import UTC, date, datetime, time

from evenhand.engine.calendar.worktime import instant, zone_named
from evenhand.engine.pool.counting import Counting, Stop
from evenhand.engine.pool.spans import Span
from evenhand.people.snapshot import People
from evenhand.routing.world import World


class Deadlines:
    """Deadlines of one team, each kind of them worked out once."""

    def __init__(self, world: World) -> None:
        self._people: People = world.people
        self._countings: dict[int | None, Counting] = {}
        self._known: dict[tuple[int | None, datetime, Span], datetime | None] = {}
        self.zone = zone_named(world.people.team.company_calendar.zone)

    def after(self, rep_id: int | None, start: datetime, span: Span) -> datetime | None:
        """When so much working time has passed; of the company's calendar where nobody has it.

        None = that calendar has no working time ahead.
        """
        key = (rep_id, start, span)
        if key not in self._known:
            self._known[key] = self._counting(rep_id).after(start, span)
        return self._known[key]

    def morning(self, day: date) -> datetime:
        """When a day of the company begins."""
        return instant(datetime.combine(day, time()), self.zone).astimezone(UTC)

    def day_of(self, at: datetime) -> date:
        """The company's day of a moment."""
        return at.astimezone(self.zone).date()

    def _counting(self, rep_id: int | None) -> Counting:
        known = self._countings.get(rep_id)
        if known is None:
            rep = self._people.reps.get(rep_id or 0)
            calendar = self._people.calendar_of(rep_id)
            leaves = () if rep is None else rep.leaves
            stops = [Stop(one.from_at, one.until_at) for one in leaves]
            known = self._countings[rep_id] = Counting.of(calendar, stops, "working")
        return known
