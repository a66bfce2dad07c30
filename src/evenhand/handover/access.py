"""The gate to covers and departures: those of people within reach, one's own, what one is offered.

Out of reach and not there are the same answer.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.handover.models import Cover, CoverState, Departure, DepartureLine
from evenhand.people.access import own_or_in_scope, visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Leave
from evenhand.people.scope import NotAllowed, Right, demand, may
from evenhand.platform.refusal import NotFound


def leave_for(actor: Actor, leave_id: int) -> Leave:
    """A leave whose cover somebody may plan or see: his own, or of somebody within reach.

    :raises NotFound: there is none.
    """
    row = Leave.objects.select_related("rep__user__team").filter(pk=leave_id).first()
    if row is None:
        raise NotFound("leave", leave_id)
    try:
        own_or_in_scope(actor, row.rep_id, Right.SEE_PEOPLE)
    except (NotFound, NotAllowed):
        raise NotFound("leave", leave_id) from None
    return row


def visible_covers(actor: Actor) -> QuerySet[Cover]:
    """Covers of people within reach, of oneself, and those in which one stands in."""
    own = actor.user_id or 0
    reach = Q(leave__rep_id=own) | (Q(rules__substitute_id=own) & ~Q(state=CoverState.ASKED))
    if may(actor, Right.SEE_PEOPLE):
        reach |= Q(leave__rep__user__in=visible_people(actor))
    return Cover.objects.filter(reach).distinct()


def visible_departures(actor: Actor) -> QuerySet[Departure]:
    """Departures of people within reach, of oneself, and those of which one is offered a part."""
    own = actor.user_id or 0
    offered = DepartureLine.objects.filter(departure=OuterRef("pk"), receiver_id=own)
    reach = Q(rep_id=own) | Q(Exists(offered))
    if may(actor, Right.SEE_PEOPLE):
        reach |= Q(rep__user__in=visible_people(actor))
    return Departure.objects.filter(reach)


def departure_for(actor: Actor, departure_id: int) -> Departure:
    """A departure by id, to look at.

    :raises NotFound: there is none that he may see.
    """
    rows = visible_departures(actor).select_related("rep__user__team", "made_by")
    found = rows.filter(pk=departure_id).first()
    if found is None:
        raise NotFound("departure", departure_id)
    return found


def departure_to_run(actor: Actor, departure_id: int) -> Departure:
    """A departure by id for whoever runs it, locked until the transaction ends; never one's own.

    :raises NotAllowed: he may not transfer what others hold.
    :raises NotFound: there is none within his reach.
    """
    demand(actor, Right.TRANSFER)
    rows = Departure.objects.select_for_update(of=("self",)).select_related("rep__user")
    rows = rows.filter(rep__user__in=visible_people(actor)).exclude(rep_id=actor.user_id)
    found = rows.filter(pk=departure_id).first()
    if found is None:
        raise NotFound("departure", departure_id)
    return found


def lines_for(actor: Actor, departure: Departure) -> QuerySet[DepartureLine]:
    """The lines of a departure that somebody may see: all, or those that he is offered."""
    rows = DepartureLine.objects.filter(departure=departure)
    own = actor.user_id or 0
    if departure.rep_id == own:
        return rows
    may_see = may(actor, Right.SEE_PEOPLE)
    if may_see and visible_people(actor).filter(pk=departure.rep_id).exists():
        return rows
    return rows.filter(receiver_id=own)
