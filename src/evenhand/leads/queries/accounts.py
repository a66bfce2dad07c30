"""Lists of accounts (客户), and one account with its people, leads and opportunities."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import NotFound, item_for, visible
from evenhand.leads.masking import mask_contacts, mask_leads, sees_contact_data
from evenhand.leads.models import Company, Contact, Lead, Opportunity, OpportunityStage, State
from evenhand.leads.queries.deadlines import by_deadline
from evenhand.leads.queries.filters import AccountFilter, narrow
from evenhand.leads.queries.paging import Page, page_of
from evenhand.leads.queries.search import search_companies
from evenhand.leads.relationships import strengths
from evenhand.people.actor import Actor

SORTS: dict[str, tuple[str, ...]] = {
    "-created": ("-id",),
    "created": ("id",),
    "name": ("name", "id"),
    "-name": ("-name", "id"),
}
_ENDED = (OpportunityStage.WON, OpportunityStage.LOST)
MOST_SHOWN = 50  # rows of a kind on an account's page


def accounts_within(actor: Actor, wanted: AccountFilter) -> QuerySet[Company]:
    """All accounts that the actor may see and the filter lets through, without an order."""
    rows = narrow(visible(actor, ItemKind.ACCOUNT), wanted)
    if wanted.key:
        rows = rows.filter(is_key_account=True)
    return search_companies(rows, wanted.q)


def account_page(
    actor: Actor, wanted: AccountFilter, *, sort: str = "-created", number: int = 1, size: int = 20
) -> Page:
    """A page of accounts, each with `open_count`, the number of its open opportunities."""
    rows = with_open_count(accounts_within(actor, wanted))
    rows = rows.select_related("owner__user__team", "line", "parent")
    if wanted.ends and sort == "-created":  # nobody asked for another order
        ordered = by_deadline(rows)
    else:
        ordered = rows.order_by(*SORTS.get(sort, ("-id",)))
    return page_of(ordered, number=number, size=size, counted=rows)


def with_open_count(rows: QuerySet[Company]) -> QuerySet[Any]:
    """Accounts, each with `open_count`, the number of its open opportunities."""
    opportunities = (
        Opportunity.objects.filter(company_id=OuterRef("pk"))
        .exclude(stage__in=_ENDED)
        .order_by()
        .values("company_id")
        .annotate(n=CountOf("pk"))
        .values("n")
    )
    counted = Subquery(opportunities, output_field=IntegerField())
    return rows.annotate(open_count=Coalesce(counted, 0))


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as its page shows it; lists hold what lies within reach."""

    account: Company
    contacts: list[Contact]
    strengths: dict[int, int]  # contact id → strength of the relationship with the actor
    children: list[Company]
    leads: list[Lead]
    opportunities: list[Opportunity]
    sees_contact_data: bool
    is_mine: bool


def account_facts(actor: Actor, account_id: int, *, now: datetime) -> AccountFacts:
    """One account with what belongs to it; raises as `item_for`."""
    item_for(actor, ItemKind.ACCOUNT, account_id)
    reach = visible(actor, ItemKind.ACCOUNT).select_related("owner__user__team", "line", "parent")
    account = reach.get(pk=account_id)
    contacts = list(account.contacts.filter(merged_into=None).order_by("id")[:MOST_SHOWN])
    sees = sees_contact_data(actor, account)
    if not sees:
        mask_contacts(contacts)
    leads = list(_of(actor, ItemKind.LEAD, account_id))
    mask_leads(actor, leads)
    return AccountFacts(
        account,
        contacts,
        _strengths(actor, contacts, now),
        list(reach.filter(parent_id=account_id).order_by("name", "id")[:MOST_SHOWN]),
        leads,
        list(_of(actor, ItemKind.OPPORTUNITY, account_id)),
        sees,
        account.owner_id == actor.user_id,
    )


def contact_of(account_id: int, contact_id: int) -> Contact:
    """A person at an account that the caller has found within reach.

    :raises NotFound: there is nobody of this id, or he was erased.
    """
    found = Contact.objects.filter(pk=contact_id, company_id=account_id, erased_at=None).first()
    if found is None:
        raise NotFound("contact", contact_id)
    return found


def company_named(actor: Actor, text: str) -> list[Company]:
    """A few companies within reach by name, to choose a parent or the company of a deal."""
    there = visible(actor, ItemKind.ACCOUNT).exclude(state=State.MERGED)
    found = search_companies(there, text)
    return list(found.order_by("name", "id")[:20])


def _strengths(actor: Actor, contacts: list[Contact], now: datetime) -> dict[int, int]:
    if not actor.is_rep or actor.user_id is None:
        return {}
    return strengths(actor.user_id, [one.pk for one in contacts], now=now)


def _of(actor: Actor, kind: str, account_id: int) -> Any:
    rows = visible(actor, kind).filter(company_id=account_id)
    return rows.select_related("owner__user__team", "line").order_by("-id")[:MOST_SHOWN]
