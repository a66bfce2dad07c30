"""Calendars, and how many people work by each."""

from django.db.models import QuerySet

from evenhand.people.actor import Actor
from evenhand.people.models import Calendar, Rep
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound


def calendars(actor: Actor) -> QuerySet[Calendar]:
    """All calendars, the default first.

    :raises NotAllowed: the actor may not see people.
    """
    demand(actor, Right.SEE_PEOPLE)
    return Calendar.objects.order_by("-is_default", "name", "pk")


def calendar_for(actor: Actor, calendar_id: int) -> Calendar:
    """One of them.

    :raises NotAllowed, NotFound: the actor may not see people, or there is none.
    """
    found = calendars(actor).filter(pk=calendar_id).first()
    if found is None:
        raise NotFound("calendar", calendar_id)
    return found


def users_of_calendars() -> dict[int | None, int]:
    """How many reps in service work by each; None counts those who follow the default."""
    counts: dict[int | None, int] = {}
    rows = Rep.objects.filter(is_active=True, user__is_active=True)
    for calendar_id in rows.values_list("calendar_id", flat=True):
        counts[calendar_id] = counts.get(calendar_id, 0) + 1
    return counts
