"""Reading pauses and locks: which stand, which lie ahead, and one by id."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import Assignment
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import NotFound
from evenhand.pool.models import Pause

COMPANY, RULE, REP, ITEM, LOCK = "company", "rule", "rep", "item", "lock"
# Why clocks are stopped; their words are `pause-reason-<why>`.
PAUSE_REASONS = ("holiday", "training", "business_trip", "customer_wish", "system")


def locks_of(held: Assignment) -> QuerySet[Pause]:
    """All locks of an item with its owner, over or not."""
    return Pause.objects.filter(kind=LOCK, assignment=held)


def locks_now(rep_id: int, now: datetime) -> list[Pause]:
    """Locks of somebody that stand, of what he still holds; the next to end first."""
    rows = Pause.objects.filter(
        kind=LOCK, assignment__rep_id=rep_id, assignment__closed_at=None, until_at__gt=now
    )
    return list(rows.order_by("until_at", "pk"))


def standing_pauses(actor: Actor, now: datetime) -> QuerySet[Pause]:
    """Pauses that stand or lie ahead and that somebody may see; locks are on their items.

    :raises NotAllowed: he may not see people's working time.
    """
    demand(actor, Right.SEE_PEOPLE)
    rows = _within(actor).exclude(kind=LOCK).filter(Q(until_at=None) | Q(until_at__gt=now))
    rows = rows.filter(Q(assignment=None) | Q(assignment__closed_at=None))
    return rows.select_related("line", "rep__user", "assignment", "by").order_by("from_at", "pk")


def pause_for(actor: Actor, pause_id: int) -> Pause:
    """A pause by id, locked until the transaction ends.

    :raises NotFound: there is none that he may see.
    """
    rows = _within(actor).select_for_update(of=("self",))
    found = rows.filter(pk=pause_id).first()
    if found is None or not may(actor, Right.SEE_PEOPLE):
        raise NotFound("pause", pause_id)
    return found


def _within(actor: Actor) -> QuerySet[Pause]:
    reach = Q(kind__in=(COMPANY, RULE)) | Q(rep__user__in=visible_people(actor))
    for kind in MODELS:
        rows = visible(actor, kind).filter(pk=OuterRef("assignment__item_id"))
        reach |= Q(Exists(rows), assignment__item_kind=str(kind))
    return Pause.objects.filter(reach)
