"""A lead becomes a customer: company, contact and opportunity, in one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import locked_item
from evenhand.leads.custody import close_item
from evenhand.leads.guidance import follow
from evenhand.leads.keys import company_key, domain_of
from evenhand.leads.models import Company, Contact, Lead, Opportunity, Stage, State
from evenhand.leads.operations.editing import keys_of_person
from evenhand.leads.operations.holding import give_to
from evenhand.leads.operations.opportunities import open_opportunity, read_opportunity
from evenhand.leads.operations.stages import check_workable
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction


@dataclass(frozen=True, slots=True)
class Converted:
    """What a lead has become."""

    company: Company | None  # a private customer has none
    contact: Contact
    opportunity: Opportunity


def convert_lead(lead_id: int, values: Mapping[str, Any], *, actor: Actor) -> Converted:
    """Close a lead as converted; `values` are name, value, currency, close_on of the opportunity.

    The company is the lead's own, else the one of its name, else a new one. Who held the lead
    holds the opportunity, and the account if nobody looks after it.

    :raises InvalidIntake: a field of the opportunity is unusable.
    :raises CannotSetStage: nobody holds the lead, or it is closed.
    :raises NotFound: there is no such lead within reach.
    """
    fields = read_opportunity(values)
    return in_transaction(lambda: _convert(lead_id, fields, actor))


def _convert(lead_id: int, fields: Mapping[str, Any], actor: Actor) -> Converted:
    lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.WORK)
    check_workable(lead)
    now = timezone.now()
    owner_id = lead.owner_id
    assert owner_id is not None, "an owned lead has an owner"
    company = _company(lead, actor, now)
    contact = _contact(lead, company, now)
    lead.company, lead.contact = company, contact
    lead.stage, lead.closed_at = Stage.CONVERTED, now
    lead.save(update_fields=["company", "contact", "stage", "closed_at"])
    close_item(ItemKind.LEAD, lead_id, by="converted", at=now)
    crashpoint("convert.closed")
    if company is not None and company.state == State.UNTENDED:
        give_to(ItemKind.ACCOUNT, company, owner_id, cause="converted", at=now)
    opportunity = open_opportunity(
        {
            **fields,
            "company_id": company.pk if company is not None else None,
            "contact_id": contact.pk,
            "lead_id": lead_id,
        },
        owner_id=owner_id,
        line_id=lead.line_id,
        cause="converted",
        actor=actor,
    )
    crashpoint("convert.opened")
    follow(
        ItemKind.LEAD, lead_id, to_kind=ItemKind.OPPORTUNITY, to_id=opportunity.pk, rep_id=owner_id
    )
    data = {
        "company": company.pk if company is not None else None,
        "contact": contact.pk,
        "opportunity": opportunity.pk,
    }
    record("lead.converted", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    hint({"inbox": [owner_id]})
    return Converted(company, contact, opportunity)


def _company(lead: Lead, actor: Actor, now: datetime) -> Company | None:
    key = company_key(lead.company_name)
    if lead.company_id is None and not key:
        return None
    rows = Company.objects.select_for_update(no_key=True)
    if lead.company_id is not None:
        return rows.get(pk=lead.company_id)
    found = rows.filter(name_key=key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            company = Company.objects.create(
                name=lead.company_name,
                name_key=key,
                domain=domain_of(lead.email),
                region=lead.region,
                industry=lead.industry,
                size=lead.size,
                employees=lead.employees,
                line_id=lead.line_id,
                state=State.UNTENDED,
                created_at=now,
            )
    except IntegrityError:  # somebody else has just founded it
        return rows.get(name_key=key)
    record("account.created", actor=actor, object_kind="account", object_id=company.pk)
    return company


def _contact(lead: Lead, company: Company | None, now: datetime) -> Contact:
    if lead.contact_id is not None:
        contact = Contact.objects.select_for_update().get(pk=lead.contact_id)
        if contact.company_id is None and company is not None:
            contact.company = company
            contact.save(update_fields=["company"])
        return contact
    phone, email = keys_of_person(lead.phone, lead.email)
    return Contact.objects.create(
        company=company,
        name=lead.name,
        title=lead.title,
        phone=lead.phone,
        phone_key=phone,
        email=lead.email,
        email_key=email,
        created_at=now,
    )
