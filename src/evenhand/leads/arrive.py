"""Writing new leads with their contacts and companies: one statement per table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db import connection

from evenhand.engine.facts import ItemKind
from evenhand.leads.arrivals import Keys
from evenhand.leads.custody import Place
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import search_text
from evenhand.leads.likeness import core_of
from evenhand.leads.models import State
from evenhand.platform.rows import Json, insert_rows
from evenhand.sheets.regions.quick import Located


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead on its way to its row."""

    id: int
    lead: LeadIn
    keys: Keys
    where: Located
    contact_id: int | None
    is_new_contact: bool
    company_id: int | None


@dataclass(frozen=True, slots=True)
class NewCompany:
    """A company first heard of through a lead."""

    id: int
    name: str
    key: str
    domain: str
    region: str
    industry: str
    size: str


def take_ids(leads: int) -> tuple[list[int], list[int], list[int]]:
    """Ids for so many leads, contacts and companies; those not used are gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval('lead_id_seq')), array_agg(nextval('contact_id_seq')),"
            " array_agg(nextval('company_id_seq')) FROM generate_series(1, %s)",
            [leads],
        )
        row: tuple[list[int], list[int], list[int]] = cursor.fetchone()
    return row


def write_companies(companies: Sequence[NewCompany], *, at: datetime) -> None:
    """Insert companies; the keys are locked, so none of them is there yet."""
    insert_rows(
        "company",
        {"id": "bigint", **dict.fromkeys(_COMPANY_TEXTS, "text")},
        [
            (
                one.id,
                one.name,
                one.key,
                core_of(one.name),
                one.domain,
                one.region,
                one.industry,
                one.size,
            )
            for one in companies
        ],
        same={"state": "untended", "created_at": at},
    )


def note_alike(pairs: Sequence[tuple[int, int, int]]) -> None:
    """Companies that may be one with one of these new ones, for a person to judge: both ids, and
    how likely in percent (`queries.likenesses` lists them)."""
    insert_rows(
        "likeness",
        {"one_id": "bigint", "other_id": "bigint", "percent": "int"},
        [(min(one, other), max(one, other), percent) for one, other, percent in pairs],
        same={"item_kind": ItemKind.ACCOUNT.value},
    )


def write_repeats(repeats: Sequence[tuple[int, LeadIn]], *, at: datetime) -> None:
    """Keep what somebody said who came again readable at the lead that it belongs to."""
    insert_rows(
        "activity",
        {"item_id": "bigint", "note": "text"},
        [(lead_id, _said(lead)) for lead_id, lead in repeats],
        same={"item_kind": "lead", "at": at, "channel": "system", "direction": "in"},
    )


def _said(lead: LeadIn) -> str:
    parts = (lead.source, lead.campaign, lead.product, lead.name, lead.company, lead.note)
    return " · ".join(part for part in parts if part)


_COMPANY_TEXTS = ("name", "name_key", "core_key", "domain", "region", "industry", "size")


def write_contacts(leads: Sequence[NewLead], *, at: datetime) -> None:
    """Insert the contacts that are new."""
    insert_rows(
        "contact",
        {"id": "bigint", "company_id": "bigint", **dict.fromkeys(_CONTACT_TEXTS, "text")},
        [
            (
                one.contact_id,
                one.company_id,
                one.lead.name,
                one.lead.title,
                one.lead.phone,
                one.keys.phone,
                one.lead.email,
                one.keys.email,
            )
            for one in leads
            if one.is_new_contact
        ],
        same={"created_at": at},
    )


_CONTACT_TEXTS = ("name", "title", "phone", "phone_key", "email", "email_key")


_TEXTS = (
    "external_id",
    "name",
    "title",
    "phone",
    "email",
    "industry",
    "product",
    "source",
    "campaign",
    "size",
    "language",
    "skill",
    "currency",
    "note",
    "via",
)

_texts = attrgetter(*_TEXTS)

_LEAD = {
    "id": "bigint",
    "contact_id": "bigint",
    "company_id": "bigint",
    "company_name": "text",
    "region": "text",
    "region_said": "text",
    "region_confidence": "text",
    "region_evidence": "jsonb",
    "budget": "bigint",
    "employees": "int",
    "given_grade": "text",
    "collected_by_id": "bigint",
    "extra": "jsonb",
    "search": "text",
    **dict.fromkeys(_TEXTS, "text"),
    "state": "text",
    "line_id": "bigint",
    "owner_id": "bigint",
    "assigned_at": "timestamptz",
    "pool": "text",
    "pooled_at": "timestamptz",
    "grade": "text",
    "score": "int",
    "points": "bigint",
    "round": "int",
    "why_unassigned": "jsonb",
    "queued_at": "timestamptz",
    "receipt_id": "bigint",
    "contact_due_at": "timestamptz",
}


def write_leads(leads: Sequence[NewLead], places: Sequence[Place], *, at: datetime) -> None:
    """Insert leads where they were placed."""
    now = at.isoformat()
    rows = [
        (
            one.id,
            one.contact_id,
            one.company_id,
            one.lead.company,
            one.where.region,
            one.lead.region,
            one.where.confidence,
            Json(one.where.evidence) if one.where.evidence else None,
            one.lead.budget,
            one.lead.employees,
            one.lead.grade,
            one.lead.collected_by,
            dict(one.lead.extra),
            _search(one),
            *_texts(one.lead),
            place.state,
            place.line_id,
            place.owner_id,
            now if place.owner_id else None,
            place.pool,
            now if place.state == State.POOLED else None,
            place.grade,
            place.score,
            place.points,
            place.round,
            None if place.why is None else json.loads(place.why),
            now if place.state == State.QUEUED else None,
            place.receipt_id,
            None if place.contact_due_at is None else place.contact_due_at.isoformat(),
        )
        for one, place in zip(leads, places, strict=True)
    ]
    insert_rows("lead", _LEAD, rows, same={"created_at": at})


def _search(one: NewLead) -> str:
    lead = one.lead
    return search_text(lead.name, lead.company, lead.phone, lead.email, lead.external_id)
