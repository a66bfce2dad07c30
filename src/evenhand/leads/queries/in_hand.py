"""What is being worked on with a customer, for programs that know only his number."""

from dataclasses import dataclass

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Company, Contact, Lead, State

_OPEN = (State.OWNED, State.QUEUED, State.POOLED)


@dataclass(frozen=True, slots=True)
class InHand:
    """The item that a talk with a customer is about."""

    kind: str
    item_id: int
    contact_id: int


def item_in_hand(*, phone_key: str, contact_id: int | None, user_id: int | None) -> InHand | None:
    """The open lead of a customer: that of this person first, else one that somebody holds, else
    the newest; without one his company, if somebody looks after it."""
    if contact_id is not None:
        contacts = list(Contact.objects.filter(pk=contact_id, erased_at=None))
    elif phone_key:
        contacts = list(Contact.objects.filter(phone_key=phone_key).order_by("pk")[:20])
    else:
        contacts = []
    leads = Lead.objects.filter(contact__in=contacts, state__in=_OPEN)
    best = max(
        leads.only("pk", "owner_id", "state", "contact_id"),
        key=lambda one: (
            user_id is not None and one.owner_id == user_id,
            one.state == State.OWNED,
            one.pk,
        ),
        default=None,
    )
    if best is not None and best.contact_id is not None:
        return InHand(ItemKind.LEAD, best.pk, best.contact_id)
    for contact in contacts:
        company_id = contact.company_id
        if company_id is None:
            continue
        if Company.objects.filter(pk=company_id).exclude(owner_id=None).exists():
            return InHand(ItemKind.ACCOUNT, company_id, contact.pk)
    return None
