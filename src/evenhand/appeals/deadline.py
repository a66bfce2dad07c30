"""By when an appeal is answered: the end of the third working day, by the company's calendar."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.appeals.rules import ANSWER_DAYS
from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar, instant
from evenhand.people.snapshot import people_now

# A calendar in which so long nobody works counts ordinary days.
_LOOKS_AHEAD = 120


def company_calendar(now: datetime) -> Calendar:
    """The company's working time."""
    return people_now(now).team.company_calendar


def answer_due(now: datetime) -> datetime:
    """The end of work on the last of the days to answer in; the day of filing is none of them."""
    return working_days_on(company_calendar(now), now, ANSWER_DAYS)


def working_days_on(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The end of work on the so-manieth working day after the day of `at`, in UTC."""
    zone = ZoneInfo(calendar.zone)
    today = at.astimezone(zone).date()
    left = days
    for ahead in range(1, _LOOKS_AHEAD):
        day = today + timedelta(days=ahead)
        left -= bool(calendar.shifts_on(day))
        if left == 0:
            midnight = instant(datetime.combine(day + timedelta(days=1), time()), zone)
            try:
                return calendar.deadline(at, calendar.elapsed(at, midnight))
            except BeyondHorizon:
                break
    return at + timedelta(days=days)
