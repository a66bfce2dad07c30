"""The gate to appeals: who may object to what, who reads an appeal, and who may decide it."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from evenhand.appeals.models import Appeal, Ruling
from evenhand.ledger.models import Book
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, may, sees_everybody
from evenhand.platform.refusal import NotFound
from evenhand.routing.models import Receipt
from evenhand.routing.operations.credit import CREDIT


def receipts_to_appeal(actor: Actor) -> QuerySet[Receipt]:
    """Decisions that somebody may object to: about what he holds or held, or of his groups.

    :raises NotAllowed: he may not object at all.
    """
    demand(actor, Right.APPEAL)
    own = actor.user_id or 0
    groups = Book.objects.filter(members__contains=[own]).values("pk")
    about_him = Q(rep_id=own) | Q(from_rep_id=own)
    return Receipt.objects.filter(about_him | Q(batch__isnull=False, book_id__in=groups)).exclude(
        act=CREDIT
    )


def receipt_to_appeal(
    actor: Actor, item_kind: str, item_id: int, receipt_id: int | None = None
) -> Receipt:
    """The decision about an item that somebody may object to, the latest if not said which.

    :raises NotAllowed: he may not object at all.
    :raises NotFound: there is none for him.
    """
    rows = receipts_to_appeal(actor).filter(item_kind=item_kind, item_id=item_id)
    rows = rows if receipt_id is None else rows.filter(pk=receipt_id)
    found = rows.select_related("line").order_by("-pk").first()
    if found is None:
        raise NotFound(item_kind, item_id)
    return found


def may_appeal(actor: Actor, receipt: Receipt) -> bool:
    """Whether somebody could object to this decision, whatever speaks against it otherwise."""
    if not may(actor, Right.APPEAL):
        return False
    return receipts_to_appeal(actor).filter(pk=receipt.pk).exists()


def visible_appeals(actor: Actor) -> QuerySet[Appeal]:
    """Appeals that somebody may read: his own, those of his people, those he is to decide."""
    own = Q(person_id=actor.user_id or 0)
    if not (may(actor, Right.SEE_DECISIONS) or may(actor, Right.DECIDE_APPEAL)):
        return Appeal.objects.filter(own)
    if sees_everybody(actor):
        return Appeal.objects.all()
    team = Q(person__team_id__in=sorted(actor.teams)) | Q(decider_id=actor.user_id or 0)
    return Appeal.objects.filter(own | team)


def appeal_for(actor: Actor, appeal_id: int) -> Appeal:
    """An appeal by id.

    :raises NotFound: there is none that he may read.
    """
    rows = visible_appeals(actor).select_related("person", "decider", "line", "receipt")
    found = rows.filter(pk=appeal_id).first()
    if found is None:
        raise NotFound("appeal", appeal_id)
    return found


def own_appeal(actor: Actor, appeal_id: int) -> Appeal:
    """One's own appeal, locked until the transaction ends.

    :raises NotAllowed: he may not object at all.
    :raises NotFound: it is not his.
    """
    demand(actor, Right.APPEAL)
    rows = Appeal.objects.select_for_update(of=("self",)).filter(person_id=actor.user_id or 0)
    found = rows.select_related("receipt", "person").filter(pk=appeal_id).first()
    if found is None:
        raise NotFound("appeal", appeal_id)
    return found


def barred_from(appeal: Appeal) -> frozenset[int]:
    """Who may never decide it: the appellant, whoever did the act, whoever answered before."""
    before: Collection[int] = Ruling.objects.filter(appeal_id=appeal.pk).values_list(
        "by_id", flat=True
    )
    by_hand = appeal.receipt.actor_id
    return frozenset({appeal.person_id, *before, *(() if by_hand is None else (by_hand,))})


def may_decide(actor: Actor, appeal: Appeal) -> bool:
    """Whether somebody may decide an appeal that he reads, were it open."""
    return may(actor, Right.DECIDE_APPEAL) and actor.user_id not in barred_from(appeal)
