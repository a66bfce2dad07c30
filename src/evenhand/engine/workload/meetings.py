"""Regular meetings as spans of time, for the selling time of one rep."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.worktime import Calendar, instant
from evenhand.engine.workload.capacity import Busy
from evenhand.engine.workload.section import Meeting


def meetings_between(
    meetings: Sequence[Meeting], team: str, calendar: Calendar, first: date, last: date
) -> Iterator[Busy]:
    """The meetings of a team's member from the first day to the last, by his calendar's clock.

    Those outside working time take nothing away: `selling_time` sees to it.
    """
    zone = ZoneInfo(calendar.zone)
    own = [one for one in meetings if not one.teams or team in one.teams]
    for number in range((last - first).days + 1 if own else 0):
        day = first + timedelta(days=number)
        for meeting in own:
            if meeting.days and day.isoweekday() not in meeting.days:
                continue
            for shift in meeting.shifts:
                start, end = shift.from_midnight
                yield Busy(_at(day, start, zone), _at(day, end, zone))


def _at(day: date, since_midnight: timedelta, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, time()) + since_midnight, zone)
