"""How much working time is left to first contact, by the calendar of whoever holds the lead."""

from collections.abc import Iterable
from datetime import datetime

from evenhand.leads.models import Lead
from evenhand.people.countdown import Countdown, countdown
from evenhand.people.snapshot import people_now


def countdowns(leads: Iterable[Lead], now: datetime) -> dict[int, Countdown]:
    """Countdowns by lead id, of those whose first contact is outstanding."""
    waiting = [lead for lead in leads if lead.contact_due_at is not None]
    if not waiting:
        return {}
    team = people_now(now).team
    calendars = {rep.id: team.calendar_of(rep) for rep in team.reps}
    found = {}
    for lead in waiting:
        calendar = calendars.get(str(lead.owner_id), team.company_calendar)
        assert lead.contact_due_at is not None
        found[lead.pk] = countdown(calendar, now, lead.contact_due_at)
    return found
