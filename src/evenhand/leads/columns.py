"""Leads, accounts and opportunities as rows of a file: the columns, and their cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.leads.money import digits_of
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat
from evenhand.wording.catalogue import Words

# All columns of a page's file, in their order.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "leads": (
        *("id", "external_id", "name", "title", "company_name", "phone", "email", "region"),
        *("industry", "product", "source", "campaign", "grade", "score", "state", "stage"),
        *("owner", "line", "created", "due", "contacted", "active", "close_reason", "note"),
    ),
    "accounts": (
        *("id", "name", "region", "industry", "size", "employees", "parent", "open_count"),
        *("grade", "state", "owner", "line", "created", "note"),
    ),
    "opportunities": (
        *("id", "name", "company", "stage", "stage_at", "value", "currency", "close", "owner"),
        *("line", "created", "note"),
    ),
}
# What a row is recognized by: there, whichever columns somebody chose.
ALWAYS: Mapping[str, tuple[str, ...]] = {
    "leads": ("id", "name", "company_name"),
    "accounts": ("id", "name"),
    "opportunities": ("id", "name"),
}
_BY_COUNT = frozenset({"employees", "open_count"})


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of a file: its title, its look, and how a row's cell is taken."""

    title: str
    cell: Callable[[Any], Out]
    format: NumberFormat = NumberFormat.TEXT


def out_columns(
    page: str, words: Words, zone: ZoneInfo, wanted: Sequence[str] = ()
) -> list[OutColumn]:
    """The columns of a file, with heads in the reader's language and times by his clock.

    `wanted` are keys in the order they shall have; none = all. Keys that mean nothing are left out.
    """
    keys = (*ALWAYS[page], *wanted) if wanted else COLUMNS[page]
    special = _special(page, words, zone)
    found = []
    for key in dict.fromkeys(keys):
        if key in COLUMNS[page]:
            plain = NumberFormat.INTEGER if key in _BY_COUNT else NumberFormat.TEXT
            cell, look = special.get(key, (_plain(key), plain))
            head = words.text(f"web-leads-field-{key.replace('_', '-')}")
            found.append(OutColumn(head, cell, look))
    return found


def _special(
    page: str, words: Words, zone: ZoneInfo
) -> dict[str, tuple[Callable[[Any], Out], NumberFormat]]:
    def at(name: str) -> tuple[Callable[[Any], Out], NumberFormat]:
        def cell(row: Any) -> Out:
            value: datetime | None = getattr(row, name)
            return None if value is None else value.astimezone(zone)

        return cell, NumberFormat.DATETIME

    def stage(row: Any) -> str:
        kind = "opportunity-stage" if page == "opportunities" else "stage"
        return words.text(f"web-{kind}-{row.stage}")

    def named(name: str) -> tuple[Callable[[Any], Out], NumberFormat]:
        return lambda row: one.name if (one := getattr(row, name)) else "", NumberFormat.TEXT

    return {
        "owner": (lambda row: row.owner.user.name if row.owner else "", NumberFormat.TEXT),
        "line": named("line"),
        "company": named("company"),
        "parent": named("parent"),
        "stage": (stage, NumberFormat.TEXT),
        "state": (lambda row: words.text(f"web-state-{row.state}"), NumberFormat.TEXT),
        "value": (_money, NumberFormat.DECIMAL),
        "score": (_score, NumberFormat.DECIMAL),
        "created": at("created_at"),
        "active": at("active_at"),
        "due": at("contact_due_at"),
        "contacted": at("contacted_at"),
        "stage_at": at("stage_at"),
        "close": (lambda row: row.close_on, NumberFormat.DATE),
    }


def _money(row: Any) -> Decimal | None:
    return None if row.value is None else Decimal(row.value).scaleb(-digits_of(row.currency))


def _score(row: Any) -> Decimal | None:
    return None if row.score is None else Decimal(row.score).scaleb(-2)


def _plain(name: str) -> Callable[[Any], Out]:
    def cell(row: Any) -> Out:
        value: Out = getattr(row, name)
        return value

    return cell
