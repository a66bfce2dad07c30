"""Writing new leads with their contacts and companies: one statement per table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.leads.arrivals import Keys
from evenhand.leads.custody import Place
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import search_text


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead on its way to its row."""

    id: int
    lead: LeadIn
    keys: Keys
    region: str
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
    if not companies:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO company (id, name, name_key, domain, region, industry, size, state,"
            " created_at) SELECT *, 'untended', %s FROM unnest(%s::bigint[], %s::text[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])",
            [
                at,
                [one.id for one in companies],
                [one.name for one in companies],
                [one.key for one in companies],
                [one.domain for one in companies],
                [one.region for one in companies],
                [one.industry for one in companies],
                [one.size for one in companies],
            ],
        )


def write_contacts(leads: Sequence[NewLead], *, at: datetime) -> None:
    """Insert the contacts that are new."""
    new = [one for one in leads if one.is_new_contact]
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contact (id, company_id, name, title, phone, phone_key, email, email_key,"
            " created_at) SELECT *, %s FROM unnest(%s::bigint[], %s::bigint[], %s::text[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])",
            [
                at,
                [one.contact_id for one in new],
                [one.company_id for one in new],
                [one.lead.name for one in new],
                [one.lead.title for one in new],
                [one.lead.phone for one in new],
                [one.keys.phone for one in new],
                [one.lead.email for one in new],
                [one.keys.email for one in new],
            ],
        )


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


def write_leads(leads: Sequence[NewLead], places: Sequence[Place], *, at: datetime) -> None:
    """Insert leads where they were placed."""
    if not leads:
        return
    columns: dict[str, tuple[str, list[Any]]] = {
        "id": ("bigint", [one.id for one in leads]),
        "contact_id": ("bigint", [one.contact_id for one in leads]),
        "company_id": ("bigint", [one.company_id for one in leads]),
        "company_name": ("text", [one.lead.company for one in leads]),
        "region": ("text", [one.region for one in leads]),
        "budget": ("bigint", [one.lead.budget for one in leads]),
        "employees": ("int", [one.lead.employees for one in leads]),
        "given_grade": ("text", [one.lead.grade for one in leads]),
        "collected_by_id": ("bigint", [one.lead.collected_by for one in leads]),
        "extra": ("jsonb", [_json(one.lead.extra) for one in leads]),
        "search": ("text", [_search(one) for one in leads]),
        **{name: ("text", [getattr(one.lead, name) for one in leads]) for name in _TEXTS},
        "state": ("text", [one.state for one in places]),
        "line_id": ("bigint", [one.line_id for one in places]),
        "owner_id": ("bigint", [one.owner_id for one in places]),
        "assigned_at": ("timestamptz", [at if one.owner_id else None for one in places]),
        "pool": ("text", [one.pool for one in places]),
        "grade": ("text", [one.grade for one in places]),
        "score": ("int", [one.score for one in places]),
        "points": ("bigint", [one.points for one in places]),
        "round": ("int", [one.round for one in places]),
        "why_unassigned": ("jsonb", [one.why for one in places]),
        "queued_at": ("timestamptz", [at if one.state == "queued" else None for one in places]),
        "receipt_id": ("bigint", [one.receipt_id for one in places]),
        "contact_due_at": ("timestamptz", [one.contact_due_at for one in places]),
    }
    arrays = ", ".join(f"%s::{kind}[]" for kind, _ in columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO lead ({', '.join(columns)}, created_at)"
            f" SELECT *, %s FROM unnest({arrays})",
            [at, *(values for _, values in columns.values())],
        )


def _json(extra: Any) -> str:
    return json.dumps(dict(extra), ensure_ascii=False)


def _search(one: NewLead) -> str:
    lead = one.lead
    return search_text(lead.name, lead.company, lead.phone, lead.email, lead.external_id)
