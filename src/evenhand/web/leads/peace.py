"""The customer's peace on an item's page: how much of it is used, and 请勿打扰."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.peace import Standing, standing_of
from evenhand.leads.models import Held, State
from evenhand.leads.operations.peace import leave_in_peace
from evenhand.leads.peace import company_id_of, life_of
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone
from evenhand.people.scope import Right, may
from evenhand.policies.live import live_now
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.leads.asking import back
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

_PLACES = {"lead": "/leads", "account": "/accounts", "opportunity": "/opportunities"}


@dataclass(frozen=True, slots=True)
class PeaceTold:
    """A customer's peace, ready to be shown."""

    standing: Standing
    is_left: bool
    warning: str  # why nobody may turn to him now; "" = one may
    may_leave: bool
    may_lift: bool


def peace_told(actor: Actor, kind: str, item: Held, words: Words) -> PeaceTold:
    """What the page of an item says of its customer's peace."""
    live = live_now(item.line_id)
    life = life_of(kind, item)
    terms = None if live is None else live.pools.peace
    standing = standing_of(life, terms, timezone.localtime(timezone=company_zone()))
    why = standing.contact_refusal
    is_left = life.left_in_peace_at is not None
    is_there = item.state not in (State.MERGED, State.REJECTED)
    knows = getattr(item, "contact_id", None) is not None or company_id_of(kind, item) is not None
    return PeaceTold(
        standing,
        is_left,
        "" if why is None else say(words, why),
        may_leave=is_there and knows and not is_left and may(actor, Right.WORK),
        may_lift=is_left and may(actor, Right.TRANSFER),
    )


@require_POST
@signed_in(Right.WORK)
def leave(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Note that a customer is not to be contacted, or lift it."""
    is_left, place = request.POST.get("peace") == "1", f"{_PLACES[kind]}/{item_id}"
    leave_in_peace(ItemKind(kind), item_id, is_left=is_left, actor=actor_in(request))
    return back(request, place, "web-leads-done-saved")
