"""Whether a person can receive items now, and if not, why and until when."""

from datetime import datetime

from evenhand.engine.calendar.absence import why_away, why_soon_away
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Rep
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.section import AvailabilitySection


def why_unavailable(
    rep: Rep, section: AvailabilitySection, calendar: Calendar, now: datetime
) -> Reason | None:
    """The first thing that keeps a person from receiving items now; None = available.

    Order: deactivated, on leave, switched off by himself, outside working time.
    """
    if not rep.is_active:
        return reason("availability.inactive")
    hours = calendar if section.working_hours == "exclude" else None
    if section.leave == "exclude" and rep.leaves:
        away = why_away(
            rep.leaves,
            now,
            calendar.zone,
            section.leave_stops_days_before,
            section.leave_resumes_days_before_end,
            hours,
        )
        if away is not None:
            return away
    if section.own_switch == "exclude" and not rep.is_accepting:
        return reason("availability.switched_off")
    return hours.why_closed(now) if hours is not None else None


def why_not_lasting(
    rep: Rep, section: AvailabilitySection, calendar: Calendar, now: datetime
) -> Reason | None:
    """What keeps a person from taking over work that stays with him; None = nothing.

    The hour at which it is looked at is no obstacle (see `why_not_yet`), and a leave is one also
    where it begins before he could have had a working day with it.
    """
    hourless = section.model_copy(update={"working_hours": "ignore"})
    why = why_unavailable(rep, hourless, calendar, now)
    return why or why_soon_away(rep.leaves, now, calendar.zone, calendar)


def why_not_yet(section: AvailabilitySection, calendar: Calendar, now: datetime) -> Reason | None:
    """Why whoever works by this calendar receives nothing at this moment, and from when he does;
    None = he does, or the rules do not mind the hour."""
    return calendar.why_closed(now) if section.working_hours == "exclude" else None
