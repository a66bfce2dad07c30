"""The gate to receipts: whoever sees the item, and the rep it was about.

A rep sees the decisions that gave him something or took it from him, and may ask "why not me"
about decisions of a group that he was in, without learning whose customer it is.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from evenhand.leads.access import MODELS, NotFound, visible
from evenhand.leads.models import Assignment
from evenhand.ledger.models import Book
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand, may, sees_everybody
from evenhand.routing.models import Receipt

# Of kinds that packages above keep: whether somebody sees one, by its id.
ALSO_SEEN: dict[str, Callable[[Actor, int], bool]] = {}


def visible_receipts(actor: Actor) -> QuerySet[Receipt]:
    """Receipts the actor may read whole."""
    demand(actor, Right.SEE_ITEMS)
    if sees_everybody(actor) and may(actor, Right.SEE_DECISIONS):
        return Receipt.objects.all()
    own = Q(rep_id=actor.user_id) | Q(from_rep_id=actor.user_id)
    if may(actor, Right.SEE_DECISIONS) and actor.teams:
        team = Rep.objects.filter(user__team_id__in=sorted(actor.teams)).values("pk")
        own |= Q(rep_id__in=team) | Q(from_rep_id__in=team)
        if may(actor, Right.SEE_UNASSIGNED):
            own |= Q(rep_id=None, act="")
    return Receipt.objects.filter(own)


def receipt_for(actor: Actor, receipt_id: int) -> Receipt:
    """A receipt by id.

    :raises NotFound: there is none that the actor may read.
    """
    found = visible_receipts(actor).select_related("batch", "line").filter(pk=receipt_id).first()
    if found is None:
        raise NotFound("receipt", receipt_id)
    return found


def sees_item(actor: Actor, receipt: Receipt) -> bool:
    """Whether the actor may also see whose item it is: now in reach, or once his own."""
    if receipt.item_kind not in MODELS:
        sees = ALSO_SEEN.get(receipt.item_kind)
        return sees is not None and sees(actor, receipt.item_id)
    if visible(actor, receipt.item_kind).filter(pk=receipt.item_id).exists():
        return True
    return Assignment.objects.filter(
        item_kind=receipt.item_kind, item_id=receipt.item_id, rep_id=actor.user_id
    ).exists()


def asked_receipt_for(actor: Actor, receipt_id: int) -> Receipt:
    """A receipt about which a rep may ask why it was not he.

    Only decisions whose book he is in; the answer names no customer.

    :raises NotFound: there is none.
    """
    found = Receipt.objects.select_related("batch", "line").filter(pk=receipt_id).first()
    if found is None or found.batch is None or actor.user_id is None:
        raise NotFound("receipt", receipt_id)
    book_id = found.book_id or 0
    is_member = Book.objects.filter(pk=book_id, members__contains=[actor.user_id]).exists()
    if not is_member:
        raise NotFound("receipt", receipt_id)
    return found
