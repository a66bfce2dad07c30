"""Leaving a customer in peace (请勿打扰): nobody turns to him until a manager lifts it."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import locked_item
from evenhand.leads.models import Company, Contact
from evenhand.leads.peace import company_id_of
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction


class CannotLeaveInPeace(Refused):
    """There is nobody to be left in peace."""


def leave_in_peace(kind: str, item_id: int, *, is_left: bool, actor: Actor) -> None:
    """Note that the person of an item, or an account, is not to be contacted; or no longer.

    Whoever works on the item notes it; only who may transfer it lifts it. Said again, it changes
    nothing. A lead without a contact speaks for its company.

    :raises CannotLeaveInPeace: neither a contact nor a company is known.
    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    """
    in_transaction(lambda: _leave(kind, item_id, is_left, actor))


def _leave(kind: str, item_id: int, is_left: bool, actor: Actor) -> None:
    item = locked_item(actor, kind, item_id, Right.WORK if is_left else Right.TRANSFER)
    known = _known(kind, item)
    # A person who is lifted may have been left in peace with the whole company.
    for name, model, row_id in known[:1] if is_left else known:
        if _write(model, row_id, is_left):
            data = {"contact": None, "company": None, name: row_id, "is_left": is_left}
            what = f"{kind}.left_in_peace"
            record(what, actor=actor, object_kind=kind, object_id=item_id, data=data)
            hint({"inbox": [item.owner_id] if item.owner_id else []})
            return


def _known(kind: str, item: Any) -> list[tuple[str, Any, int]]:
    contact = None if kind == ItemKind.ACCOUNT else item.contact_id
    both = (("contact", Contact, contact), ("company", Company, company_id_of(kind, item)))
    known = [(name, model, row_id) for name, model, row_id in both if row_id is not None]
    if not known:
        raise CannotLeaveInPeace(reason("peace.nobody_known"))
    return known


def _write(model: Any, row_id: int, is_left: bool) -> bool:
    """Write it; what was merged into the row is lifted with it. Whether that changed anything."""
    rows = model.objects.select_for_update().filter(Q(pk=row_id) | Q(merged_into_id=row_id))
    marked = [row.pk for row in rows.order_by("pk") if row.leave_in_peace_at is not None]
    if is_left == bool(marked):
        return False
    if is_left:
        model.objects.filter(pk=row_id).update(leave_in_peace_at=timezone.now())
    else:
        model.objects.filter(pk__in=marked).update(leave_in_peace_at=None)
    return True
