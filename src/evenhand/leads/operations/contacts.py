"""People at companies."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound, locked_item
from evenhand.leads.intake import FieldProblem, InvalidIntake
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.models import Company, Contact
from evenhand.leads.operations.editing import Editing, apply_edit, keys_of_person
from evenhand.people.actor import Actor
from evenhand.people.scope import Right

CONTACT_EDITING = Editing(texts={"name": 120, "title": 120, "phone": 40, "email": 254})


def add_contact(company_id: int, values: Mapping[str, Any], *, actor: Actor) -> Contact:
    """Add a person to an account.

    :raises InvalidIntake: a field is unusable, or nothing says who it is.
    :raises NotFound: there is no such account within reach.
    """
    fields = CONTACT_EDITING.read(values)
    if not any(fields.get(name) for name in ("name", "phone", "email")):
        raise InvalidIntake((FieldProblem("name", "", reason("intake.nobody")),))
    with transaction.atomic():
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        phone, email = keys_of_person(fields.get("phone", ""), fields.get("email", ""))
        contact = Contact.objects.create(
            **fields,
            phone_key=phone,
            email_key=email,
            company=company,
            created_at=timezone.now(),
        )
        _told("contact_added", company_id, contact.pk, actor, sorted(fields))
    return contact


def edit_contact(
    company_id: int,
    contact_id: int,
    values: Mapping[str, Any],
    *,
    seen: Mapping[str, Any],
    actor: Actor,
) -> Contact:
    """Change fields of a person at an account.

    :raises InvalidIntake: a field is unusable.
    :raises ChangedMeanwhile: somebody else changed one of them.
    :raises NotFound: there is no such account or person within reach, or his data are masked.
    """
    wanted = CONTACT_EDITING.read(values, partial=True)
    with transaction.atomic():
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        rows = Contact.objects.select_for_update().filter(company_id=company_id, erased_at=None)
        contact = rows.filter(pk=contact_id).first()
        if contact is None or not sees_contact_data(actor, company):
            raise NotFound("contact", contact_id)
        changed = apply_edit(contact, wanted, seen=CONTACT_EDITING.seen(seen))
        if changed:
            contact.phone_key, contact.email_key = keys_of_person(contact.phone, contact.email)
            contact.save(update_fields=[*changed, "phone_key", "email_key"])
            _told("contact_edited", company_id, contact_id, actor, sorted(changed))
    return contact


def _told(what: str, company_id: int, contact_id: int, actor: Actor, fields: list[str]) -> None:
    data = {"contact": contact_id, "fields": fields}
    record(f"account.{what}", actor=actor, object_kind="account", object_id=company_id, data=data)
