"""What a contact belongs to: a deal, a lead or a company, by ids, phone, mail or name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import Q

from evenhand.engine.facts import ItemKind
from evenhand.imports.kinds.base import RowRead
from evenhand.imports.kinds.opportunities import leads_by_id
from evenhand.leads.keys import company_key, email_key, phone_key
from evenhand.leads.models import Company, Contact, Lead, Opportunity

_Key = TypeVar("_Key")
_Row = TypeVar("_Row", Lead, Company, Contact)


class Clues(NamedTuple):
    """What a row says of whom a contact was with; "" = nothing."""

    opportunity_id: str
    lead_id: str
    company_id: str
    contact_id: str
    phone: str  # as keys
    email: str
    company: str
    name: str


NOWHERE = Clues("", "", "", "", "", "", "", "")
_NO_ID = frozenset({"", "0"})


def clues_of(row: RowRead, country: str) -> Clues:
    """What a row says of whom it is about; `country` is where telephone numbers are from."""

    def ident(role: str) -> str:
        text = row.text(role, 120)
        return "" if text in _NO_ID else text

    return Clues(
        opportunity_id=ident("opportunity_id"),
        lead_id=ident("lead_id"),
        company_id=ident("company_id"),
        contact_id=ident("contact_id"),
        phone=phone_key(row.text("phone", 40), country),
        email=email_key(row.text("email", 254)),
        company=row.text("company", 200),
        name=row.text("name", 120),
    )


class Place(NamedTuple):
    """An item, with the company and the person there."""

    kind: str
    item_id: int
    company_id: int | None
    contact_id: int | None


class Belongings:
    """Everything that the clues of a part lead to; a fixed number of queries."""

    def __init__(self, clues: Sequence[Clues]) -> None:
        deals = Opportunity.objects.filter(
            external_id__in={one.opportunity_id for one in clues} - {""}
        ).order_by("pk")
        self.deals = {deal.external_id: deal for deal in deals}
        self.leads = _survivors(Lead, leads_by_id(one.lead_id for one in clues))
        keys = {company_key(one.company) for one in clues} - {""}
        companies = list(
            Company.objects.filter(
                Q(external_id__in={one.company_id for one in clues} - {""}) | Q(name_key__in=keys)
            ).order_by("pk")
        )
        self.companies = _survivors(
            Company, {one.external_id: one for one in companies if one.external_id}
        )
        self.companies_by_key = _survivors(
            Company, {one.name_key: one for one in companies if one.name_key}
        )
        contacts = list(
            Contact.objects.filter(
                Q(external_id__in={one.contact_id for one in clues} - {""})
                | Q(phone_key__in={one.phone for one in clues} - {""})
                | Q(email_key__in={one.email for one in clues} - {""})
            ).order_by("pk")
        )
        self.contacts = _survivors(
            Contact,
            {
                (name, getattr(one, name)): one
                for one in contacts
                for name in ("external_id", "phone_key", "email_key")
                if getattr(one, name)
            },
        )
        there = {one.pk for one in self.contacts.values()}
        of_contacts = Lead.objects.filter(contact__in=there, merged_into=None).order_by("pk")
        self.leads_of_contact = {lead.contact_id: lead for lead in of_contacts}
        self.leads_by_name = _only(Lead.objects.filter(name__in={one.name for one in clues} - {""}))

    def find(self, clues: Clues) -> Place | None:
        """What a contact belongs to: ids first, then the person, then names."""
        contact = self._contact(clues)
        who = None if contact is None else contact.pk
        if (deal := self.deals.get(clues.opportunity_id)) is not None:
            kind = ItemKind.OPPORTUNITY.value
            return Place(kind, deal.pk, deal.company_id, who or deal.contact_id)
        lead = self.leads.get(clues.lead_id)
        company = self.companies.get(clues.company_id)
        if lead is None and company is None and contact is not None:
            lead = self.leads_of_contact.get(contact.pk)
            company = contact.company
        if lead is None and company is None:
            company = self.companies_by_key.get(company_key(clues.company))
        if lead is None and company is None:
            lead = self.leads_by_name.get(clues.name)
        if lead is not None:
            return Place(ItemKind.LEAD.value, lead.pk, lead.company_id, who or lead.contact_id)
        if company is not None:
            return Place(ItemKind.ACCOUNT.value, company.pk, company.pk, who)
        return None

    def _contact(self, clues: Clues) -> Contact | None:
        wanted = (
            ("external_id", clues.contact_id),
            ("phone_key", clues.phone),
            ("email_key", clues.email),
        )
        return next((self.contacts[key] for key in wanted if key in self.contacts), None)


def _survivors(model: type[_Row], found: dict[_Key, _Row]) -> dict[_Key, _Row]:
    """What was found, each merged one replaced by the one that stayed."""
    merged = {key: row.merged_into_id for key, row in found.items() if row.merged_into_id}
    stayed = model._default_manager.in_bulk(set(merged.values())) if merged else {}
    return {**found, **{key: stayed[into] for key, into in merged.items()}}


def _only(leads: Iterable[Lead]) -> dict[str, Lead]:
    """Leads by name, where only one is called so."""
    found: dict[str, Lead] = {}
    doubled: set[str] = set()
    for lead in leads:
        if lead.name in found:
            doubled.add(lead.name)
        found[lead.name] = lead
    return {name: lead for name, lead in found.items() if name not in doubled}
