"""Making one row of two, and two of one again: fields change places, what hangs on them moves.

A field that the survivor takes over is exchanged with the merged row's, which is kept: undoing
exchanges them back, and nothing but the field's name has to be remembered. Who holds what is the
business of `routing.operations.merging`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from evenhand.engine.facts import ItemKind
from evenhand.leads.keys import company_key, search_text
from evenhand.leads.models import Company, Contact, Lead, Relationship
from evenhand.leads.operations.editing import keys_of_person

CONTACT = "contact"
TABLES: Mapping[str, str] = {
    ItemKind.LEAD.value: "lead",
    ItemKind.ACCOUNT.value: "company",
    CONTACT: "contact",
}
MODELS: Mapping[str, Any] = {
    ItemKind.LEAD.value: Lead,
    ItemKind.ACCOUNT.value: Company,
    CONTACT: Contact,
}

# What can be chosen, field by field; some say one thing in two columns.
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "lead": {
        **{name: (name,) for name in ("name", "title", "phone", "email")},
        "company": ("company_id", "company_name"),
        **{
            name: (name,)
            for name in (
                *("region", "industry", "product", "source", "campaign", "size", "language"),
                *("skill", "employees", "note"),
            )
        },
        "budget": ("budget", "currency"),
    },
    "account": {
        "name": ("name", "name_key", "core_key"),
        **{name: (name,) for name in ("domain", "region", "industry", "size", "employees")},
        "revenue": ("revenue", "currency"),
        "note": ("note",),
    },
    "contact": {
        "name": ("name",),
        "title": ("title",),
        "phone": ("phone", "phone_key"),
        "email": ("email", "email_key"),
        "company": ("company_id",),
    },
}
# Which columns name a row of each kind; those of the merged one are turned to the survivor.
_POINTING: Mapping[str, Sequence[tuple[str, str]]] = {
    "lead": (("lead", "merged_into_id"),),
    "account": (
        ("contact", "company_id"),
        ("lead", "company_id"),
        ("opportunity", "company_id"),
        ("company", "parent_id"),
        ("company", "merged_into_id"),
    ),
    "contact": (
        ("lead", "contact_id"),
        ("opportunity", "contact_id"),
        ("activity", "contact_id"),
        ("contact", "merged_into_id"),
    ),
}
# Place and moments of a held item, to be written back.
_PLACE = (
    *("state", "owner_id", "assigned_at", "pool", "grade", "score", "points", "round"),
    *("why_unassigned", "queued_at", "receipt_id", "line_id"),
)
_OF_LEAD = ("contact_due_at", "contacted_at", "active_at", "closed_at", "close_reason", "stage")


def is_empty(row: Any, columns: Iterable[str]) -> bool:
    """Whether a row says nothing in a field."""
    return all(getattr(row, column) in (None, "") for column in columns)


def differences(kind: str, survivor: Any, merged: Any) -> list[str]:
    """The fields in which both say something, and not the same."""
    return [
        name
        for name, columns in FIELDS[kind].items()
        if not is_empty(survivor, columns[:1])
        and not is_empty(merged, columns[:1])
        and getattr(survivor, columns[0]) != getattr(merged, columns[0])
    ]


def gaps(kind: str, survivor: Any, merged: Any) -> list[str]:
    """The fields in which only the merged one says something."""
    return [
        name
        for name, columns in FIELDS[kind].items()
        if is_empty(survivor, columns) and not is_empty(merged, columns)
    ]


def exchange(kind: str, survivor: Any, merged: Any, names: Iterable[str]) -> None:
    """Let fields change places between two locked rows, and write both."""
    columns = [column for name in names for column in FIELDS[kind][name]]
    if not columns:
        return
    for column in columns:
        one, other = getattr(survivor, column), getattr(merged, column)
        setattr(survivor, column, other)
        setattr(merged, column, one)
    if kind == "account" and "name_key" in columns:
        # No two companies have one key, not even for a moment.
        Company.objects.filter(pk=merged.pk).update(name_key="")
    if kind == "lead":
        for row in (survivor, merged):
            row.search = search_text(
                row.name, row.company_name, row.phone, row.email, row.external_id
            )
        columns.append("search")
    for row in (survivor, merged):
        if kind == CONTACT:
            row.phone_key, row.email_key = keys_of_person(row.phone, row.email)
        if kind == "account":
            row.name_key = company_key(row.name)
        row.save(update_fields=columns)


def turn(kind: str, merged_id: int, survivor_id: int) -> dict[str, list[int]]:
    """Let everything that names the merged row name the survivor; which rows did, by column."""
    moved = {}
    with connection.cursor() as cursor:
        for table, column in _POINTING[kind]:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {column} = %s AND NOT"
                f" (%s AND id = %s) RETURNING id",
                [survivor_id, merged_id, table == TABLES[kind], survivor_id],
            )
            if ids := sorted(row[0] for row in cursor.fetchall()):
                moved[f"{table}.{column}"] = ids
    return moved


def turn_back(moved: Mapping[str, list[int]], merged_id: int, survivor_id: int) -> None:
    """The inverse of `turn`; what was given to somebody else since stays there."""
    with connection.cursor() as cursor:
        for place, ids in moved.items():
            table, _, column = place.partition(".")
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE id = ANY(%s) AND {column} = %s",
                [merged_id, ids, survivor_id],
            )


def place_of(kind: str, row: Any) -> dict[str, Any]:
    """Where a row is and what was when with it, as plain values."""
    if kind == CONTACT:
        return {}
    names = (*_PLACE, *(_OF_LEAD if kind == "lead" else ("parent_id",)))
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def put_back(kind: str, row: Any, was: Mapping[str, Any], names: Iterable[str]) -> None:
    """Write some columns of the place of a row as they were."""
    wanted = set(names)
    values = {
        name: parse_datetime(value) if isinstance(value, str) and name.endswith("_at") else value
        for name, value in was.items()
        if name in wanted
    }
    if values:
        MODELS[kind]._default_manager.filter(pk=row.pk).update(**values)


def join_relationships(merged_id: int, survivor_id: int) -> None:
    """Who knows the merged contact knows the survivor, as well as he knew either."""
    for row in Relationship.objects.select_for_update().filter(contact_id=merged_id):
        kept, is_new = Relationship.objects.get_or_create(
            rep_id=row.rep_id,
            contact_id=survivor_id,
            defaults={"strength": row.strength, "updated_at": row.updated_at},
        )
        if not is_new and row.strength > kept.strength:
            kept.strength = row.strength
            kept.save(update_fields=["strength"])
