"""What might be the same person or firm as what one looks at, and what was merged into it."""

from django.db.models import Q, QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.leads.models import Company, Contact, Lead, Merge, State
from evenhand.leads.queries.alike import companies_alike
from evenhand.people.actor import Actor
from evenhand.platform.row_objects import is_there

MOST = 10


def leads_like(actor: Actor, lead: Lead) -> list[Lead]:
    """Leads within reach that may be about the same person, the newest first."""
    people = Q(pk=lead.contact_id)
    for name in ("phone_key", "email_key"):
        key = "" if lead.contact is None else getattr(lead.contact, name)
        people |= Q(**{name: key}) if key else Q()
    same = Q(contact_id__in=list(Contact.objects.filter(people).values_list("pk", flat=True)[:50]))
    if lead.name and lead.company_id is not None:
        same |= Q(name=lead.name, company_id=lead.company_id)
    rows: QuerySet[Lead] = visible(actor, ItemKind.LEAD).exclude(state=State.MERGED)
    found = rows.filter(same).exclude(pk=lead.pk).select_related("owner__user")
    return list(found.order_by("-pk")[:MOST])


def accounts_like(actor: Actor, account: Company) -> list[Company]:
    """Accounts within reach of the same mail domain or with a name like this."""
    ids = [one.id for one in companies_alike(account.name, most=MOST, apart_from=(account.pk,))]
    same = Q(pk__in=ids)
    if account.domain:
        same |= Q(domain=account.domain)
    rows: QuerySet[Company] = visible(actor, ItemKind.ACCOUNT).exclude(state=State.MERGED)
    found = rows.filter(same).exclude(pk=account.pk).select_related("owner__user")
    return list(found.order_by("name", "pk")[:MOST])


def contacts_beside(contact: Contact) -> list[Contact]:
    """The other people at a contact's company."""
    if contact.company_id is None:
        return []
    rows = Contact.objects.filter(
        company_id=contact.company_id, merged_into=None, erased_at=None
    ).exclude(pk=contact.pk)
    return list(rows.order_by("name", "pk")[:50])


def merges_of(kind: str, item_id: int) -> list[Merge]:
    """What was merged into an item and stands, the newest first."""
    if not is_there(Merge, "item_kind = %s AND survivor_id = %s", [str(kind), str(item_id)]):
        return []
    rows = Merge.objects.filter(
        item_kind=kind, survivor_id=item_id, undone_at=None, part_of=None
    ).select_related("by")
    return list(rows.order_by("-pk")[:50])
