"""How much working time is left to first contact, by the calendar of whoever holds the lead."""

from collections.abc import Iterable
from datetime import datetime

from evenhand.leads.models import Held, Lead
from evenhand.leads.queries.deadlines import deadlines
from evenhand.people.countdown import Countdown, Counting
from evenhand.people.snapshot import people_now


def countdowns(leads: Iterable[Lead], now: datetime) -> dict[int, Countdown]:
    """Countdowns by lead id, of those whose first contact is outstanding."""
    waiting = [lead for lead in leads if lead.contact_due_at is not None]
    if not waiting:
        return {}
    people, counting = people_now(now), Counting(now)
    found = {}
    for lead in waiting:
        assert lead.contact_due_at is not None
        found[lead.pk] = counting.until(lead.contact_due_at, people.calendar_of(lead.owner_id))
    return found


def endings(kind: str, items: Iterable[Held], now: datetime) -> dict[int, Countdown]:
    """Countdowns by item id until the first clock over it runs out, of those that have one."""
    owners = {item.pk: item.owner_id for item in items if item.owner_id is not None}
    found = deadlines(kind, owners)
    if not found:
        return {}
    people, counting = people_now(now), Counting(now)
    return {
        item_id: counting.until(one.due_at, people.calendar_of(owners[item_id]))
        for item_id, one in found.items()
    }
