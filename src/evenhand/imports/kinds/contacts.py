"""People at companies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, Ended, RowRead, refuse_if
from evenhand.imports.kinds.firms import Firms, drop_if_beside, firms_of, is_merged
from evenhand.imports.kinds.leads import lock_external_ids
from evenhand.imports.models import Import, ImportRow, Outcome
from evenhand.imports.refusal import CannotImport
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.arrivals import Keys, lock_keys
from evenhand.leads.intake import FieldProblem
from evenhand.leads.keys import email_key, phone_key
from evenhand.leads.merging import CONTACT
from evenhand.leads.models import Activity, Contact, Lead, Opportunity, Relationship
from evenhand.people.actor import Actor
from evenhand.sheets.columns.roles import ROLES, Purpose

_FILLED = ("external_id", "name", "title", "phone", "email", "phone_key", "email_key")


@dataclass(frozen=True, slots=True)
class ContactRead:
    """A person as the file has him."""

    fields: dict[str, Any]  # as the columns of Contact
    company: str
    company_id: str
    created_at: datetime | None


class Contacts:
    """See the module."""

    purpose = Purpose.CONTACTS
    roles = frozenset(ROLES[Purpose.CONTACTS])
    lenient = frozenset({"phone", "name", "title"})
    keeps_own = False

    def read(self, row: RowRead, around: Around) -> ContactRead:
        """A row as a person.

        :raises InvalidIntake: nothing says who it is, or a field is unusable.
        """
        problems: list[FieldProblem] = []
        limits = {"name": 120, "title": 120, "phone": 40, "email": 254}
        fields = {name: row.text(name, limit, problems) for name, limit in limits.items()}
        if not (fields["name"] or fields["phone"] or fields["email"]):
            problems.append(FieldProblem("name", "", reason("intake.nobody")))
        refuse_if(problems)
        fields["external_id"] = row.text("id", 120)
        fields["phone_key"] = phone_key(fields["phone"], around.company.country)
        fields["email_key"] = email_key(fields["email"])
        return ContactRead(
            fields,
            row.text("company", 200),
            row.text("company_id", 120),
            around.moment(row.values.get("created_at")),
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, ContactRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Write people who are new, fill in those who are here already."""
        lock_external_ids()
        lock_keys(Keys(one.fields["phone_key"], one.fields["email_key"], "", "") for _, one in part)
        firms = firms_of(
            row,
            actor,
            ids=(one.company_id for _, one in part),
            names=(one.company for _, one in part),
        )
        known = _known(one for _, one in part)
        return {number: _one(one, firms, known) for number, one in part}

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Take a person away of whom nothing is known besides.

        :raises Refused: something is, or somebody has changed or merged him since.
        """
        contact = Contact.objects.select_for_update().filter(pk=one.made_id or 0).first()
        if contact is None:
            return
        if _is_touched(contact):
            raise CannotImport(reason("import.worked_on"))
        if any(
            model._default_manager.filter(contact=contact).exists()
            for model in (Lead, Opportunity, Activity, Relationship)
        ):
            raise CannotImport(reason("import.has_what_hangs_on_it"))
        company = contact.company_id
        contact.delete()
        drop_if_beside(row, company)


def _is_touched(contact: Contact) -> bool:
    """Whether somebody has corrected a person, or merged him with another, since he came in."""
    events = Event.objects.filter(kind="account.contact_edited", data__contact=contact.pk)
    at_company = events.filter(object_kind="account", object_id=contact.company_id)
    return at_company.exists() or is_merged(CONTACT, contact.pk)


_Known = dict[tuple[str, str], Contact]


def _known(wanted: Any) -> _Known:
    found: _Known = {}
    reads = list(wanted)
    rows = Contact.objects.filter(
        Q(external_id__in={one.fields["external_id"] for one in reads} - {""})
        | Q(phone_key__in={one.fields["phone_key"] for one in reads} - {""})
        | Q(email_key__in={one.fields["email_key"] for one in reads} - {""})
    ).filter(erased_at=None)
    for contact in rows.select_for_update().order_by("pk"):
        _learn(found, contact)
    return found


def _learn(known: _Known, contact: Contact) -> None:
    for name in ("external_id", "phone_key", "email_key"):
        if value := getattr(contact, name):
            known.setdefault((name, value), contact)


def _one(one: ContactRead, firms: Firms, known: _Known) -> Ended:
    keys = ((name, one.fields[name]) for name in ("external_id", "phone_key", "email_key"))
    contact = next((known[key] for key in keys if key in known and _agrees(known[key], one)), None)
    company = firms.found_or_made(one.company_id, one.company)
    if contact is None:
        at = one.created_at or timezone.now()
        contact = Contact.objects.create(**one.fields, company=company, created_at=at)
        _learn(known, contact)
        if company is not None:
            data = {"contact": contact.pk, "fields": sorted(n for n in one.fields if "_" not in n)}
            record(
                "account.contact_added",
                actor=firms.actor,
                object_kind="account",
                object_id=company.pk,
                data=data,
            )
        return Ended(Outcome.CREATED, made_id=contact.pk)
    changed = [name for name in _FILLED if one.fields[name] and not getattr(contact, name)]
    for name in changed:
        setattr(contact, name, one.fields[name])
    if contact.company_id is None and company is not None:
        contact.company = company
        changed.append("company")
    if changed:
        contact.save(update_fields=changed)
        _learn(known, contact)
    return Ended(Outcome.MERGED if changed else Outcome.REPEATED, made_id=contact.pk)


def _agrees(contact: Contact, one: ContactRead) -> bool:
    """Whether a contact of the same id, phone or mail is the same person.

    Colleagues share a switchboard, and two systems may number alike: then the name decides.
    """
    name = one.fields["name"]
    same_mail = bool(contact.email_key) and contact.email_key == one.fields["email_key"]
    return same_mail or not name or not contact.name or contact.name == name
