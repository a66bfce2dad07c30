"""Leave over working time: who is away when, with a buffer, and when they are back."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.hours import MIDNIGHT, ONE_DAY
from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar, instant, zone_named
from evenhand.engine.facts import Leave
from evenhand.engine.reasons import Reason, reason


def away_window(
    leave: Leave, zone: str, stop_days_before: int = 0, resume_days_before_end: int = 0
) -> tuple[datetime, datetime]:
    """From when (included) until when (not included), in UTC, a leave keeps its person away.

    The buffer is in calendar days at the same time of day: with 2 and 1, a leave from 10 March
    until 20 March stops on the 8th and resumes on the 19th; with 0 and 0 it is the leave itself.
    A leave without one whole date in it (a half day, an afternoon) takes no buffer. However long
    the buffer, the first day of the leave is never given back.

    :raises UnknownZone: no such time zone.
    """
    if stop_days_before < 0 or resume_days_before_end < 0:
        raise ValueError("a leave buffer is a number of days, 0 or more")
    clock = zone_named(zone)
    from_at, until_at = leave.from_at.astimezone(UTC), leave.until_at.astimezone(UTC)
    first, last = _wall(from_at, clock), _wall(until_at, clock)
    if not _has_whole_date(first, last):
        return from_at, until_at
    stops = first - timedelta(days=stop_days_before)
    resumes = max(last - timedelta(days=resume_days_before_end), first + ONE_DAY)
    # With no buffer, or where the first day is all there is, the leave's own instants stand: from
    # its wall clock alone an instant in a repeated hour cannot be told from the one before it.
    return (
        instant(stops, clock) if stop_days_before else from_at,
        instant(resumes, clock) if resumes < last else until_at,
    )


def leave_at(
    leaves: Iterable[Leave],
    now: datetime,
    zone: str,
    stop_days_before: int = 0,
    resume_days_before_end: int = 0,
) -> Leave | None:
    """The leave that keeps a person from new items now; of several, the one that lasts longest.

    :raises UnknownZone: no such time zone.
    """
    now = now.astimezone(UTC)
    found, found_until = None, now
    for leave in leaves:
        stops, resumes = away_window(leave, zone, stop_days_before, resume_days_before_end)
        if stops <= now < resumes and resumes > found_until:
            found, found_until = leave, resumes
    return found


def back_at(
    leaves: Iterable[Leave],
    now: datetime,
    zone: str,
    stop_days_before: int = 0,
    resume_days_before_end: int = 0,
    calendar: Calendar | None = None,
) -> datetime:
    """When a person can next receive items, in UTC: now, or after this leave and all adjoining.

    With a calendar, the first working instant outside any leave, so that a leave until Friday
    evening and one from Monday morning count as adjoining.

    :raises UnknownZone: no such time zone.
    :raises BeyondHorizon: the calendar has no working time outside the leaves.
    """
    windows = [
        away_window(leave, zone, stop_days_before, resume_days_before_end) for leave in leaves
    ]
    at = now.astimezone(UTC)
    # Each round leaves at least one window behind for good, so this ends.
    while True:
        opens = at if calendar is None else calendar.next_open(at)
        ends = [resumes for stops, resumes in windows if stops <= opens < resumes]
        if not ends:
            return opens
        at = max(ends)


def why_away(
    leaves: Iterable[Leave],
    now: datetime,
    zone: str,
    stop_days_before: int = 0,
    resume_days_before_end: int = 0,
    calendar: Calendar | None = None,
) -> Reason | None:
    """The leave that keeps a person away now and when they are back; None if they are here.

    The reason that a person gave for the leave stays out of it: receipts are read by others.

    :raises UnknownZone: no such time zone.
    """
    leaves = tuple(leaves)
    buffer = (stop_days_before, resume_days_before_end)
    leave = leave_at(leaves, now, zone, *buffer)
    if leave is None:
        return None
    clock = zone_named(zone)
    stops, _ = away_window(leave, zone, *buffer)
    return reason(
        "availability.on_leave",
        from_at=_shown(leave.from_at, clock),
        until_at=_shown(leave.until_at, clock),
        stops_at=_shown(stops, clock),
        back_at=_back(leaves, now, zone, buffer, calendar),
    )


def why_soon_away(
    leaves: Iterable[Leave], now: datetime, zone: str, calendar: Calendar
) -> Reason | None:
    """The leave of a whole day or more that keeps a person from work that is to stay with him.

    It is on now, or begins before he has had one working day after today. None = there is none.

    :raises UnknownZone: no such time zone.
    """
    leaves = tuple(leaves)
    clock = zone_named(zone)
    until = _one_day_more(now, clock, calendar) if leaves else now
    found = [one for one in leaves if one.from_at < until and now < one.until_at]
    whole = [
        one
        for one in found
        if _has_whole_date(_wall(one.from_at, clock), _wall(one.until_at, clock))
    ]
    if not whole:
        return None
    leave = min(whole, key=lambda one: one.from_at)
    return reason(
        "availability.on_leave",
        from_at=_shown(leave.from_at, clock),
        until_at=_shown(leave.until_at, clock),
        stops_at=None,
        back_at=_back(leaves, max(now, leave.from_at), zone, (0, 0), calendar),
    )


def _one_day_more(now: datetime, clock: ZoneInfo, calendar: Calendar) -> datetime:
    """The end of the first day after today on which somebody works."""
    begins = instant(_next_midnight(_wall(now, clock)), clock)
    with suppress(BeyondHorizon):  # a calendar may be shut for good: then it is the day after today
        begins = calendar.next_open(begins)
    return instant(_next_midnight(_wall(begins, clock)), clock)


def _back(
    leaves: tuple[Leave, ...],
    at: datetime,
    zone: str,
    buffer: tuple[int, int],
    calendar: Calendar | None,
) -> str | None:
    """When somebody is back, as a reason says it; None where the calendar is shut for good."""
    try:
        return _shown(back_at(leaves, at, zone, *buffer, calendar), zone_named(zone))
    except BeyondHorizon:
        return None


def _shown(at: datetime, clock: ZoneInfo) -> str:
    return at.astimezone(clock).isoformat()


def _wall(at: datetime, clock: ZoneInfo) -> datetime:
    return at.astimezone(clock).replace(tzinfo=None, fold=0)


def _has_whole_date(first: datetime, last: datetime) -> bool:
    opening = first if first.time() == MIDNIGHT else _next_midnight(first)
    return opening + ONE_DAY <= last


def _next_midnight(wall: datetime) -> datetime:
    return datetime.combine(wall.date() + ONE_DAY, time(0))
