"""Requests for more time: what waits for whom, and one by id."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.leads.access import MODELS, visible
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import NotFound
from evenhand.pool.models import Extension


def waiting_requests(actor: Actor) -> QuerySet[Extension]:
    """Requests that somebody may decide, those that run out first on top; never his own."""
    if not may(actor, Right.TRANSFER):
        return Extension.objects.none()
    rows = _within(actor).filter(is_granted=None, assignment__closed_at=None)
    rows = rows.exclude(asked_by_id=actor.user_id or 0)
    return rows.order_by("assignment__due_at", "pk")


def extension_for(actor: Actor, extension_id: int) -> Extension:
    """A request by id, for somebody who decides it.

    :raises NotAllowed: he decides none.
    :raises NotFound: there is none about an item within his reach.
    """
    demand(actor, Right.TRANSFER)
    found = _within(actor).filter(pk=extension_id).first()
    if found is None:
        raise NotFound("extension", extension_id)
    return found


def _within(actor: Actor) -> QuerySet[Extension]:
    reach = Q(pk__in=())
    for kind in MODELS:
        rows = visible(actor, kind).filter(pk=OuterRef("assignment__item_id"))
        reach |= Q(Exists(rows), assignment__item_kind=str(kind))
    return Extension.objects.filter(reach).select_related("assignment__rep__user", "asked_by")
