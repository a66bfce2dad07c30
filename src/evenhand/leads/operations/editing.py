"""Editing fields: only those on the list, and never over what somebody else wrote meanwhile."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import locked_item
from evenhand.leads.intake import TEXT_LIMITS, FieldProblem, InvalidIntake
from evenhand.leads.keys import email_key, phone_key, search_text
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.models import Contact, Lead
from evenhand.leads.whereabouts import whereabouts
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused

_LARGEST = 10**12


class ChangedMeanwhile(Refused):
    """Somebody else changed a field since the form was opened."""

    def __init__(self, conflicts: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__(reason("work.changed_meanwhile"), field=next(iter(conflicts)))
        self.conflicts = conflicts  # field → (what is wanted, what stands there now)


@dataclass(frozen=True, slots=True)
class Editing:
    """Which fields of a kind of row can be edited, and how they are read."""

    texts: Mapping[str, int]  # field → most characters
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()

    def read(self, values: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
        """Values as they are kept; `partial`: fields that are not there stay as they are.

        :raises InvalidIntake: a field is unusable or unknown; every such field is named.
        """
        problems: list[FieldProblem] = []
        found: dict[str, Any] = {}
        for name, value in values.items():
            try:
                found[name] = self._read(name, value)
            except _Unusable as unusable:
                problems.append(FieldProblem(name[:80], str(value)[:80], unusable.why))
        missing = self.required if not partial else self.required & found.keys()
        for name in sorted(missing):
            if found.get(name) in (None, ""):
                problems.append(FieldProblem(name, "", reason("work.needed")))
        if problems:
            raise InvalidIntake(tuple(problems))
        return found

    def seen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a form showed, as it is kept; what cannot be read is left out."""
        found = {}
        for name, value in values.items():
            try:
                found[name] = self._read(name, value)
            except _Unusable:
                continue
        return found

    def _read(self, name: str, value: Any) -> Any:
        if name in self.texts:
            text = str(value).replace("\x00", "").replace("\r\n", "\n").strip()
            if len(text) > self.texts[name]:
                raise _Unusable(reason("intake.too_long", limit=self.texts[name]))
            if name == "email" and text and ("@" not in text or " " in text):
                raise _Unusable(reason("intake.not_an_email"))
            return text
        if name in self.numbers:
            text = str(value if value is not None else "").strip().replace(",", "")
            if not text:
                return None
            if not (text.isascii() and text.isdigit()) or int(text) > _LARGEST:
                raise _Unusable(reason("intake.not_a_number"))
            return int(text)
        if name in self.dates:
            try:
                return date.fromisoformat(str(value)) if value else None
            except ValueError:
                raise _Unusable(reason("work.not_a_date")) from None
        raise _Unusable(reason("intake.unknown_field"))


class _Unusable(Exception):
    def __init__(self, why: Any) -> None:
        super().__init__()
        self.why = why


def apply_edit(row: Any, wanted: Mapping[str, Any], *, seen: Mapping[str, Any]) -> list[str]:
    """Set fields on a locked row; the names of those that are another value now.

    A field counts as edited if it differs from what the form showed; where it then neither has
    that value nor the wanted one, somebody else was there.

    :raises ChangedMeanwhile: that is so; nothing is set.
    """
    conflicts: dict[str, tuple[Any, Any]] = {}
    changes: dict[str, Any] = {}
    for name, value in wanted.items():
        now = getattr(row, name)
        if value == now or (name in seen and value == seen[name]):
            continue
        if name in seen and seen[name] != now:
            conflicts[name] = (value, now)
        changes[name] = value
    if conflicts:
        raise ChangedMeanwhile(conflicts)
    for name, value in changes.items():
        setattr(row, name, value)
    return list(changes)


_LEAD_TEXTS = (
    "name",
    "title",
    "phone",
    "email",
    "region",
    "industry",
    "product",
    "size",
    "language",
    "skill",
    "currency",
    "note",
)
LEAD_EDITING = Editing(
    texts={"company_name": TEXT_LIMITS["company"]} | {n: TEXT_LIMITS[n] for n in _LEAD_TEXTS},
    numbers=frozenset({"budget", "employees"}),
)
# What a mask lies on for who may not see it: he cannot write over it either.
MASKED = frozenset({"phone", "email", "note"})
_OF_PERSON = frozenset({"name", "title", "phone", "email"})


def edit_lead(
    lead_id: int, values: Mapping[str, Any], *, seen: Mapping[str, Any], actor: Actor
) -> Lead:
    """Change fields of a lead; `seen` holds what they were when the form was opened.

    :raises InvalidIntake: a field is unusable, or not one that can be edited.
    :raises ChangedMeanwhile: somebody else changed one of them.
    :raises NotFound: there is no such lead within reach.
    """
    wanted = LEAD_EDITING.read(values, partial=True)
    with transaction.atomic():
        lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.WORK)
        if not sees_contact_data(actor, lead) and (hidden := MASKED & wanted.keys()):
            raise InvalidIntake(
                tuple(FieldProblem(n, "", reason("intake.unknown_field")) for n in sorted(hidden))
            )
        before = {name: getattr(lead, name) for name in _OF_PERSON}
        changed = apply_edit(lead, wanted, seen=LEAD_EDITING.seen(seen))
        if not changed:
            return lead
        if not (lead.name or lead.company_name or lead.phone or lead.email):
            raise InvalidIntake((FieldProblem("name", "", reason("intake.nobody")),))
        lead.search = search_text(
            lead.name, lead.company_name, lead.phone, lead.email, lead.external_id
        )
        located = _locate(lead, changed)
        lead.save(update_fields=[*changed, "search", *located])
        if lead.contact_id is not None:
            _carry_over(lead, lead.contact_id, before, changed)
        data = {"fields": sorted(changed)}
        record("lead.edited", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    return lead


def _locate(lead: Lead, changed: Iterable[str]) -> tuple[str, ...]:
    """Where the lead is, after its region or the phone that told it changed; the fields set."""
    is_told = bool(lead.region_said or (lead.region and not lead.region_confidence))
    if "region" not in changed and (is_told or "phone" not in changed):
        return ()
    said = lead.region if "region" in changed else ""
    phone, _ = keys_of_person(lead.phone, "")
    found = whereabouts().of(said, phone, lead.extra)
    lead.region, lead.region_said = found.region, said
    lead.region_confidence = found.confidence
    lead.region_evidence = json.loads(found.evidence) if found.evidence else None
    return ("region", "region_said", "region_confidence", "region_evidence")


def _carry_over(
    lead: Lead, contact_id: int, before: Mapping[str, str], changed: Iterable[str]
) -> None:
    """What is corrected on a lead is corrected on its contact, where that said the same."""
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    same = [n for n in changed if n in _OF_PERSON and getattr(contact, n) == before[n]]
    for name in same:
        setattr(contact, name, getattr(lead, name))
    if same:
        contact.phone_key, contact.email_key = keys_of_person(contact.phone, contact.email)
        contact.save(update_fields=[*same, "phone_key", "email_key"])


def keys_of_person(phone: str, email: str) -> tuple[str, str]:
    """The keys by which a person is found again."""
    country = Organization.objects.values_list("country", flat=True).filter(pk=1).first() or "CN"
    return phone_key(phone, country) if phone else "", email_key(email) if email else ""
