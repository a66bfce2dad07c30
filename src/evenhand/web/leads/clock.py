"""How much working time is left to first contact, by the calendar of whoever holds the lead."""

from collections.abc import Iterable
from datetime import datetime

from evenhand.leads.models import Held, Lead
from evenhand.leads.queries.deadlines import deadlines
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


def endings(kind: str, items: Iterable[Held], now: datetime) -> dict[int, Countdown]:
    """Countdowns by item id until the first clock over it runs out, of those that have one."""
    owners = {item.pk: item.owner_id for item in items if item.owner_id is not None}
    found = deadlines(kind, owners)
    if not found:
        return {}
    team = people_now(now).team
    calendars = {rep.id: team.calendar_of(rep) for rep in team.reps}
    return {
        item_id: countdown(
            calendars.get(str(owners[item_id]), team.company_calendar), now, one.due_at
        )
        for item_id, one in found.items()
    }
