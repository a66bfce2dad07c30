"""The columns of lists: their heads, how they sort, and their cells in an export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.leads.money import digits_of
from evenhand.leads.operations.exporting import OutColumn
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat
from evenhand.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be chosen; the name of an item always stands first."""

    key: str
    sort: str = ""  # "" = does not sort
    usual: bool = False  # shown unless somebody chose otherwise
    others_only: bool = False  # says something only to who sees more than his own
    kind: str = ""  # "num" aligns right

    @property
    def words(self) -> str:
        """The message of its head."""
        return f"web-leads-field-{self.key.replace('_', '-')}"


LEAD_COLUMNS = (
    Column("stage", usual=True),
    Column("due", "due", usual=True),
    Column("grade", usual=True),
    Column("owner", usual=True, others_only=True),
    Column("source", usual=True),
    Column("region", usual=True),
    Column("created", "created", usual=True),
    Column("state"),
    Column("score", "score", kind="num"),
    Column("industry"),
    Column("product"),
    Column("phone"),
    Column("email"),
    Column("campaign"),
    Column("line"),
    Column("active", "active"),
)
ACCOUNT_COLUMNS = (
    Column("owner", usual=True, others_only=True),
    Column("region", usual=True),
    Column("industry", usual=True),
    Column("size", usual=True),
    Column("open_count", usual=True, kind="num"),
    Column("parent", usual=True),
    Column("created", "created", usual=True),
    Column("grade"),
    Column("line"),
    Column("employees", kind="num"),
)
OPPORTUNITY_COLUMNS = (
    Column("stage", usual=True),
    Column("value", "value", usual=True, kind="num"),
    Column("company", usual=True),
    Column("owner", usual=True, others_only=True),
    Column("close", "close", usual=True),
    Column("stage_at", "stage_at", usual=True),
    Column("line"),
    Column("created", "created"),
)


def chosen_columns(
    columns: Sequence[Column], kept: Mapping[str, Any], *, sees_others: bool
) -> list[Column]:
    """The columns that somebody chose, else the usual ones."""
    wanted = set(kept.get("columns") or ())
    if wanted:
        return [column for column in columns if column.key in wanted]
    return [c for c in columns if c.usual and (sees_others or not c.others_only)]


def out_columns(page: str, words: Words, zone: ZoneInfo) -> list[OutColumn]:
    """The columns of an export, with heads in the reader's language and times by his clock."""

    def at(value: datetime | None) -> Out:
        return None if value is None else value.astimezone(ZoneInfo(zone.key))

    def owner(row: Any) -> str:
        return row.owner.user.name if row.owner else ""

    def line(row: Any) -> str:
        return row.line.name if row.line else ""

    def money(row: Any) -> Decimal | None:
        digits = digits_of(row.currency)
        return None if row.value is None else Decimal(row.value).scaleb(-digits)

    def stage(row: Any) -> str:
        kind = "opportunity-stage" if page == "opportunities" else "stage"
        return words.text(f"web-{kind}-{row.stage}")

    def state(row: Any) -> str:
        return words.text(f"web-state-{row.state}")

    def plain(name: str) -> Callable[[Any], Out]:
        def cell(row: Any) -> Out:
            value: Out = getattr(row, name)
            return value

        return cell

    moment, day = NumberFormat.DATETIME, NumberFormat.DATE
    special: dict[str, tuple[Callable[[Any], Out], NumberFormat]] = {
        "owner": (owner, NumberFormat.TEXT),
        "line": (line, NumberFormat.TEXT),
        "stage": (stage, NumberFormat.TEXT),
        "state": (state, NumberFormat.TEXT),
        "value": (money, NumberFormat.DECIMAL),
        "company": (lambda row: row.company.name if row.company else "", NumberFormat.TEXT),
        "parent": (lambda row: row.parent.name if row.parent else "", NumberFormat.TEXT),
        "created": (lambda row: at(row.created_at), moment),
        "active": (lambda row: at(row.active_at), moment),
        "due": (lambda row: at(row.contact_due_at), moment),
        "contacted": (lambda row: at(row.contacted_at), moment),
        "close": (lambda row: row.close_on, day),
    }
    found = []
    for key in _EXPORTED[page]:
        cell, look = special.get(key, (plain(key), NumberFormat.TEXT))
        head = words.text(f"web-leads-field-{key.replace('_', '-')}")
        found.append(OutColumn(head, cell, look))
    return found


_EXPORTED: Mapping[str, tuple[str, ...]] = {
    "leads": (
        *("id", "external_id", "name", "title", "company_name", "phone", "email", "region"),
        *("industry", "product", "source", "campaign", "grade", "state", "stage", "owner", "line"),
        *("created", "due", "contacted", "active", "close_reason", "note"),
    ),
    "accounts": (
        *("id", "name", "region", "industry", "size", "employees", "parent", "grade", "state"),
        *("owner", "line", "created", "note"),
    ),
    "opportunities": (
        *("id", "name", "company", "stage", "value", "currency", "close", "owner", "line"),
        *("created", "note"),
    ),
}
