"""Whether a phone, a mail address or a company is free, and if not, how it is held.

It is looked up by the keys and the order by which new leads are recognized, so that what somebody
is told beforehand is what happens afterwards.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.facts import OWN, ItemKind
from evenhand.leads.arrivals import Found, Keys, look_up
from evenhand.leads.keys import company_key, domain_of, email_key, phone_key
from evenhand.leads.models import Company, Lead, Opportunity, OpportunityStage, State
from evenhand.leads.queries.alike import companies_alike

_ENDED = (OpportunityStage.WON, OpportunityStage.LOST)


class Standing(StrEnum):
    """How something stands for whoever asks; the first that holds is the answer."""

    ERASED = "erased"  # asked to be forgotten: not to be contacted
    YOURS = "yours"
    TAKEN = "taken"
    POOLED = "pooled"
    WAITING = "waiting"  # nobody's yet, about to be dealt
    KNOWN = "known"  # there is something of it, which nobody works on
    FREE = "free"


class AskedBy(StrEnum):
    """What was asked for."""

    PHONE = "phone"
    EMAIL = "email"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood; `key` "" = it means nothing."""

    by: AskedBy
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that is there already."""

    kind: ItemKind
    id: int
    state: str
    owner_id: int | None
    name: str = ""  # of the company
    way: str = OWN  # by which way the owner is one
    is_likely: bool = False  # a name that is like the one asked for


def understood(text: str, country: str) -> Asked:
    """Whether a text is a mail address, a phone number or a name."""
    text = text.strip()
    if "@" in text:
        return Asked(AskedBy.EMAIL, text, email_key(text))
    if sum(letter.isdigit() for letter in text) * 2 >= len(text) > 0:
        return Asked(AskedBy.PHONE, text, phone_key(text, country))
    return Asked(AskedBy.COMPANY, text, company_key(text))


def hits_of(asked: Asked) -> list[Hit]:
    """Everything that the question meets; names that are only like it come last."""
    if not asked.key:
        return []
    is_firm = asked.by is AskedBy.COMPANY
    keys = Keys(
        phone=asked.key if asked.by is AskedBy.PHONE else "",
        email=asked.key if asked.by is AskedBy.EMAIL else "",
        company=asked.key if is_firm else "",
        domain=domain_of(asked.text) if asked.by is AskedBy.EMAIL else "",
    )
    found = look_up([keys])
    hits = list(_of_people(found)) + list(_of_companies(found, keys))
    if is_firm:
        known = {hit.id for hit in hits}
        alike = [one.id for one in companies_alike(asked.text, apart_from=known)]
        likely = look_up_companies(alike)
        for company_id in alike:
            hits += _of_company(likely, company_id, "", is_likely=True)
    return hits


def look_up_companies(ids: Collection[int]) -> Found:
    """What is known of companies, as `look_up` finds them."""
    keys = Company.objects.filter(pk__in=ids).values_list("name_key", flat=True)
    return look_up([Keys("", "", key, "") for key in keys])


def _of_people(found: Found) -> Iterator[Hit]:
    contacts = found.contact_ids
    for leads in found.open_by_contact.values():
        for lead in leads:
            yield Hit(ItemKind.LEAD, lead.id, lead.state, lead.owner_id)
    if not contacts:
        return
    deals = Opportunity.objects.filter(contact_id__in=contacts).exclude(stage__in=_ENDED)
    for deal in deals.order_by("-pk").only("state", "owner_id")[:5]:
        yield Hit(ItemKind.OPPORTUNITY, deal.pk, deal.state, deal.owner_id)
    if not found.open_by_contact:
        old = Lead.objects.filter(contact_id__in=contacts).order_by("-pk").only("state").first()
        if old is not None:
            yield Hit(ItemKind.LEAD, old.pk, old.state, None)


def _of_companies(found: Found, keys: Keys) -> Iterator[Hit]:
    ids = found.company_ids
    ids |= {found.company_by_key[keys.company]} if keys.company in found.company_by_key else set()
    if keys.domain in found.company_by_domain:
        ids.add(found.company_by_domain[keys.domain])
    for company_id in sorted(ids):
        yield from _of_company(found, company_id, keys.domain)


def _of_company(
    found: Found, company_id: int, domain: str, *, is_likely: bool = False
) -> Iterator[Hit]:
    row = found.companies.get(company_id)
    if row is None:
        return
    owner = found.owner_of(company_id, domain)
    if owner is not None:
        yield Hit(
            ItemKind.ACCOUNT, row.id, State.OWNED, owner.rep_id, row.name, owner.by, is_likely
        )
        return
    lying = Lead.objects.filter(company_id=row.id, state__in=(State.POOLED, State.QUEUED))
    state = lying.order_by("-state").values_list("state", flat=True).first()
    if state is None:
        state = Company.objects.values_list("state", flat=True).get(pk=row.id)
    yield Hit(ItemKind.ACCOUNT, row.id, state, None, row.name, is_likely=is_likely)


def standing_of(hit: Hit, user_id: int | None) -> Standing:
    """How one hit stands for a person."""
    if hit.owner_id is not None and hit.state == State.OWNED:
        return Standing.YOURS if hit.owner_id == user_id else Standing.TAKEN
    by_state = {State.POOLED: Standing.POOLED, State.QUEUED: Standing.WAITING}
    return by_state.get(State(hit.state), Standing.KNOWN)
