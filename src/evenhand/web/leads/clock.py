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
    people = people_now(now)
    found = {}
    for lead in waiting:
        assert lead.contact_due_at is not None
        found[lead.pk] = countdown(people.calendar_of(lead.owner_id), now, lead.contact_due_at)
    return found


def endings(kind: str, items: Iterable[Held], now: datetime) -> dict[int, Countdown]:
    """Countdowns by item id until the first clock over it runs out, of those that have one."""
    owners = {item.pk: item.owner_id for item in items if item.owner_id is not None}
    found = deadlines(kind, owners)
    if not found:
        return {}
    people = people_now(now)
    return {
        item_id: countdown(people.calendar_of(owners[item_id]), now, one.due_at)
        for item_id, one in found.items()
    }
