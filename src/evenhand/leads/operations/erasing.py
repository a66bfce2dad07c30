"""Erasing a person: nothing is left by which somebody could be recognized or reached.

Rows stay, so that counts, points and the ledger stay true; what they say of the person is blanked.
The event keeps keyed digests of phone and mail: whoever has the number can ask whether it was
erased, nobody can read it from there.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.answers import forget_answers
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.access import item_for, locked_item
from evenhand.leads.custody import close_item
from evenhand.leads.keys import search_term, search_text
from evenhand.leads.models import Activity, Contact, Lead, Opportunity, SavedView, Stage, State
from evenhand.leads.operations.editing import keys_of_person
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.sheets.regions.hints import Confidence

_OPEN = (State.OWNED, State.QUEUED, State.POOLED, State.UNTENDED)
_GONE = "****"
# So many digits of a number make it somebody's.
_DIGITS = 7
# Why somebody is erased (个人信息保护法, article 47): he asks, withdraws his consent, what the data
# were kept for is over, they should never have been here.
WHYS = ("asked", "withdrawn", "purpose_over", "unlawful")
# Regions that stand as they were given, for want of a place that we know.
_UNREAD = (Confidence.UNKNOWN, Confidence.AMBIGUOUS, "")


class CannotErase(Refused):
    """A person cannot be erased like this."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much said something of the person."""

    leads: int
    contacts: int
    activities: int


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that is known to be about one person."""

    names: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]
    leads: tuple[int, ...]
    contacts: tuple[int, ...]
    opportunities: tuple[int, ...]


# What else says something of a person: packages above this one add what they keep.
ALSO: list[Callable[[Person], None]] = []


def erase_person(lead_id: int, *, typed: str, why: str = "asked", actor: Actor) -> Erased:
    """Erase the person a lead is about, in every lead and contact that is about the same person.

    `typed` is the lead's number, typed by hand: there is no way back. `why` is one of WHYS. Open
    leads are closed.

    :raises CannotErase: something else was typed, or there is no such reason.
    :raises NotFound: there is no such lead within reach.
    """
    return in_transaction(lambda: _erase(lead_id, typed, why, actor))


def _erase(lead_id: int, typed: str, why: str, actor: Actor) -> Erased:
    lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.ERASE)
    if typed.strip() != str(lead_id):
        raise CannotErase(reason("work.not_confirmed", value=str(lead_id)), field="typed")
    if why not in WHYS:
        raise CannotErase(reason("work.not_a_choice", value=why[:20], choices=WHYS), field="why")
    person = find_person(lead)
    now = timezone.now()
    activities = _activities(person)
    erased = Erased(len(person.leads), len(person.contacts), activities.count())
    _forget_answers(person, activities)
    activities.exclude(note="").update(note="")
    Contact.objects.filter(pk__in=person.contacts).update(
        name="",
        title="",
        phone="",
        phone_key="",
        email="",
        email_key="",
        external_id="",
        erased_at=now,
    )
    crashpoint("erase.contacts_blanked")
    for row in Lead.objects.select_for_update().filter(pk__in=person.leads).order_by("pk"):
        _blank(row)
        if row.state in _OPEN:
            row.stage, row.closed_at, row.close_reason = Stage.LOST, now, "erased"
            row.save(update_fields=["stage", "closed_at", "close_reason"])
            close_item(ItemKind.LEAD, row.pk, by="erased", at=now)
    _blank_opportunities(person)
    _blank_views(person)
    for blank in ALSO:
        blank(person)
    crashpoint("erase.blanked")
    record(
        "person.erased",
        actor=actor,
        object_kind="lead",
        object_id=lead_id,
        data={
            "reason": why,
            "leads": list(person.leads),
            "contacts": list(person.contacts),
            "digests": sorted(_digests(person)),
        },
    )
    return erased


def erasure_of(lead_id: int, *, actor: Actor) -> Erased:
    """How much erasing the person of a lead would blank; nothing is changed.

    :raises NotFound: there is no such lead within reach.
    """
    person = find_person(item_for(actor, ItemKind.LEAD, lead_id, Right.ERASE))
    return Erased(len(person.leads), len(person.contacts), _activities(person).count())


def find_person(lead: Lead) -> Person:
    """All leads and contacts of one person: same contact, same mail, or same phone and name.

    The phone alone may be a switchboard that colleagues share.
    """
    phone, email = keys_of_person(lead.phone, lead.email)
    phones, emails = {phone} - {""}, {email} - {""}
    same = Q(pk=lead.contact_id) if lead.contact_id is not None else Q(pk__in=())
    same |= Q(phone_key__in=phones, name=lead.name) | Q(email_key__in=emails)
    contacts = list(Contact.objects.filter(same).order_by("pk"))
    near = {one.pk for one in contacts} | {one.merged_into_id for one in contacts} - {None}
    contacts = list(Contact.objects.filter(Q(pk__in=near) | Q(merged_into__in=near)).order_by("pk"))
    phones |= {one.phone_key for one in contacts} - {""}
    emails |= {one.email_key for one in contacts} - {""}
    ids = tuple(one.pk for one in contacts)
    leads = Lead.objects.filter(
        Q(pk__in=(lead.pk, lead.merged_into_id or lead.pk))
        | Q(merged_into__in=(lead.pk, lead.merged_into_id or lead.pk))
        | Q(merged_into__contact_id__in=ids)
        | Q(contact_id__in=ids)
        | Q(phone__in={lead.phone, *(one.phone for one in contacts)} - {""}, name=lead.name)
        | Q(email__in={lead.email, *(one.email for one in contacts)} - {""})
    ).order_by("pk")
    names = {one.name for one in contacts} | {row.name for row in leads}
    return Person(
        names=frozenset(name for name in names if len(name) > 1),
        phones=frozenset(phones),
        emails=frozenset(emails),
        leads=tuple(row.pk for row in leads),
        contacts=ids,
        opportunities=tuple(_opportunities(ids, leads).values_list("pk", flat=True)),
    )


def _opportunities(contacts: Iterable[int], leads: QuerySet[Lead]) -> QuerySet[Opportunity]:
    found = Opportunity.objects.filter(Q(lead__in=leads) | Q(contact_id__in=contacts))
    return found.order_by("pk")


def is_erased(phone: str, email: str) -> bool:
    """Whether somebody of this phone or mail was erased: for who asks with both in hand."""
    keys = keys_of_person(phone, email)
    wanted = [_digest(kind, key) for kind, key in zip(("phone", "email"), keys, strict=True) if key]
    events = Event.objects.filter(kind="person.erased")
    return any(events.filter(data__digests__contains=[digest]).exists() for digest in wanted)


def _activities(person: Person) -> QuerySet[Activity]:
    return Activity.objects.filter(
        Q(item_kind=ItemKind.LEAD, item_id__in=person.leads) | Q(contact_id__in=person.contacts)
    )


def _forget_answers(person: Person, activities: QuerySet[Activity]) -> None:
    """Answers kept for requests that may come again say what was written of the person."""
    notes = set(activities.exclude(note="").values_list("note", flat=True))
    leads = Lead.objects.filter(pk__in=person.leads)
    notes |= set(leads.exclude(note="").values_list("note", flat=True))
    said = leads.values_list("phone", "email")
    forget_answers({*person.names, *(text for pair in said for text in pair), *notes} - {""})


_BLANKED = (
    *("name", "title", "phone", "email", "note", "external_id", "extra", "search"),
    *("region", "region_said", "region_evidence"),
)


def _blank(lead: Lead) -> None:
    for name in ("name", "title", "phone", "email", "note", "external_id"):
        setattr(lead, name, "")
    lead.extra = {}
    # Somebody's address may stand where the region belongs, and his number in what proves it.
    if lead.region == lead.region_said and lead.region_confidence in _UNREAD:
        lead.region = "" if any(one.isdigit() for one in lead.region) else lead.region
    lead.region_said, lead.region_evidence = "", None
    lead.search = search_text("", lead.company_name, "", "")
    lead.save(update_fields=_BLANKED)


def _blank_opportunities(person: Person) -> None:
    rows = Opportunity.objects.select_for_update().filter(pk__in=person.opportunities)
    for row in rows.order_by("pk"):
        for name in person.names:
            row.name = row.name.replace(name, _GONE)
        row.note = ""
        row.save(update_fields=["name", "note"])


def mentions(person: Person, text: str) -> bool:
    """Whether a text that somebody typed has his name, his mail, or his number however written."""
    term, digits = search_term(text), "".join(one for one in text if one.isdecimal())
    if any(search_term(one) in term for one in (*person.names, *person.emails)):
        return True
    keys = ["".join(one for one in key if one.isdecimal()) for key in person.phones]
    return len(digits) >= _DIGITS and any(digits in key or key in digits for key in keys if key)


def _blank_views(person: Person) -> None:
    """Saved searches for the person: the search goes, the rest of the filter stays."""
    for view in SavedView.objects.filter(query__contains="q="):
        pairs = parse_qsl(view.query)
        kept = [
            (name, value) for name, value in pairs if name != "q" or not mentions(person, value)
        ]
        if len(kept) < len(pairs):
            view.query = urlencode(kept)
            view.save(update_fields=["query"])


def _digests(person: Person) -> set[str]:
    return {_digest("phone", key) for key in person.phones} | {
        _digest("email", key) for key in person.emails
    }


def _digest(kind: str, key: str) -> str:
    seed = Organization.objects.values_list("seed", flat=True).get(pk=1)
    return hmac.new(seed.encode(), f"erased:{kind}:{key}".encode(), "sha256").hexdigest()
