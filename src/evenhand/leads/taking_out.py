"""What of leads, accounts and opportunities can leave as a file, and what erasing reaches there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from evenhand.exports.operations.keep import forget
from evenhand.exports.sources import Found, Sheet, Source, add_source
from evenhand.leads.columns import out_columns
from evenhand.leads.masking import mask_leads
from evenhand.leads.models import Lead
from evenhand.leads.operations.erasing import ALSO, Person
from evenhand.leads.queries import accounts, leads, opportunities
from evenhand.leads.queries.filters import (
    ItemFilter,
    account_filter,
    lead_filter,
    opportunity_filter,
)
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.wording.catalogue import Words

_WITH = ("owner__user", "line")


def start() -> None:
    """Let these lists be exported from now on, in this process."""
    for page, find in (("leads", _leads), ("accounts", _accounts), ("opportunities", _deals)):
        add_source(Source(page, Right.EXPORT, find, _sheet_of(page)))
    if _forget not in ALSO:
        ALSO.append(_forget)


def _leads(actor: Actor, params: Mapping[str, str], zone: ZoneInfo) -> Found:
    wanted = lead_filter(params, zone=zone.key)
    rows = leads.leads_within(actor, wanted, now=timezone.now()).select_related(*_WITH)
    return Found(rows.order_by(*leads.SORTS.get(params.get("sort", ""), ("-id",))), _told(wanted))


def _accounts(actor: Actor, params: Mapping[str, str], zone: ZoneInfo) -> Found:
    wanted = account_filter(params, zone=zone.key)
    rows = accounts.with_open_count(accounts.accounts_within(actor, wanted))
    rows = rows.select_related(*_WITH, "parent")
    return Found(
        rows.order_by(*accounts.SORTS.get(params.get("sort", ""), ("-id",))), _told(wanted)
    )


def _deals(actor: Actor, params: Mapping[str, str], zone: ZoneInfo) -> Found:
    wanted = opportunity_filter(params, zone=zone.key)
    rows = opportunities.opportunities_within(actor, wanted).select_related(*_WITH, "company")
    sort = opportunities.SORTS.get(params.get("sort", ""), ("-id",))
    return Found(rows.order_by(*sort), _told(wanted))


def _sheet_of(page: str) -> Any:
    def sheet(actor: Actor, words: Words, zone: ZoneInfo, wanted: Sequence[str]) -> Sheet:
        columns = out_columns(page, words, zone, wanted)

        def cells(rows: Sequence[Any]) -> Iterator[list[Out]]:
            mask_leads(actor, (row for row in rows if isinstance(row, Lead)))
            for row in rows:
                yield [column.cell(row) for column in columns]

        return Sheet([SheetColumn(one.title, one.format) for one in columns], cells)

    return sheet


def _told(wanted: ItemFilter) -> Mapping[str, Any]:
    """The filter for the journal: what was typed into search may be somebody's name or phone."""
    told: dict[str, Any] = {}
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if one.name == "q":
            told["searched"] = bool(value)
        elif value not in (None, "", False):
            told[one.name] = value if isinstance(value, str | int) else value.isoformat()
    return told


def _forget(person: Person) -> None:
    """An account's row names nobody; a lead's or an opportunity's may."""
    ids = {"leads": person.leads, "opportunities": person.opportunities, "accounts": ()}
    forget({*person.names, *person.phones, *person.emails}, ids)
