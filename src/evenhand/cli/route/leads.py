"""The leads sheet: each row becomes an item, or a list of the cells that could not be used.

Two ways through a row, with one result. The careful one parses every field that the policy reads.
The quick one finds a row whose cells in those columns were seen before, and takes what the
careful one made of them: a file of a million rows has few different ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from operator import itemgetter
from pathlib import Path
from typing import Any

from evenhand.cli.route.identity import Identities, company_key
from evenhand.cli.route.team import BadCell
from evenhand.engine.facts import Company, FieldSpec, Item, ItemKind, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.policy import Policy
from evenhand.sheets.columns.extract import Reader, custom_readers, role_readers
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem

COMPANY_FIELDS = ("region", "industry", "size", "employees", "revenue")
PEOPLE_FIELDS = ("name", "phone", "email", "note", "title")
REGION_ROWS = 5_000

_KINDS = {
    "lead": ItemKind.LEAD,
    "线索": ItemKind.LEAD,
    "線索": ItemKind.LEAD,
    "名單": ItemKind.LEAD,
    "task": ItemKind.TASK,
    "待办": ItemKind.TASK,
    "待辦": ItemKind.TASK,
    "account": ItemKind.ACCOUNT,
    "customer": ItemKind.ACCOUNT,
    "客户": ItemKind.ACCOUNT,
    "客戶": ItemKind.ACCOUNT,
    "opportunity": ItemKind.OPPORTUNITY,
    "deal": ItemKind.OPPORTUNITY,
    "商机": ItemKind.OPPORTUNITY,
    "商機": ItemKind.OPPORTUNITY,
    "outlet": ItemKind.OUTLET,
    "store": ItemKind.OUTLET,
    "网点": ItemKind.OUTLET,
    "網點": ItemKind.OUTLET,
}


@dataclass
class LeadSheet:
    """A leads sheet opened and understood; rows are read when they are asked for."""

    table: Table
    columns: ColumnMap
    specs: tuple[FieldSpec, ...]
    notes: list[Reason] = field(default_factory=list)

    @property
    def row_estimate(self) -> int:
        """About how many rows there are, for a progress bar."""
        return self.table.row_estimate

    def regions_seen(self) -> set[str]:
        """The regions of the first rows, by which short names can be settled."""
        read = role_readers(self.columns).get("region")
        if read is None:
            return set()
        found = (read(row) for row in self.table.sample(REGION_ROWS))
        return {region for region in found if isinstance(region, str)}


def open_leads(path: Path, *, overrides: tuple[str, ...] = ()) -> LeadSheet:
    """Open a leads sheet and recognise its columns.

    :raises UnreadableSheet: the file cannot be read.
    :raises UnreadableOverride: a `--map` that names no column or role.
    """
    table = open_table(path)
    columns = understand(table, Purpose.LEADS, said=overrides)
    return LeadSheet(table, columns, tuple(columns.field_specs()), [*table.notes, *columns.notes])


class RowReader:
    """Reads the rows of one sheet for one policy."""

    def __init__(self, sheet: LeadSheet, policy: Policy, zone: tzinfo) -> None:
        self.policy = policy
        self.zone = zone
        readers = role_readers(sheet.columns)
        own = custom_readers(sheet.columns)
        self.company = readers.get("company")
        self.identities = Identities(sheet.columns)
        wanted = self._wanted(readers, own)
        self._fields: Mapping[str, Reader] = {
            name: (own | readers)[name] for name in sorted(wanted)
        }
        self._kind = readers.get("kind")
        self._kind_header = next((one.header for one in sheet.columns.of("kind")), "")
        self._owner = readers.get("owner")
        # Every column whose cells can make a difference to the reading, in the order of the file.
        self.columns_read = tuple(
            column.index
            for column in sheet.columns.columns
            if (column.role or column.field) in {*wanted, "kind"} and column.role != "id"
        )
        if "id" in wanted:
            self.columns_read += tuple(column.index for column in sheet.columns.of("id"))

    def _wanted(self, readers: Mapping[str, Reader], own: Mapping[str, Reader]) -> set[str]:
        paths = {*self.policy.paths_read}
        for atom in self.policy.personal:
            paths |= {ref.path for ref in atom.fields}
        names = {path.partition(".")[2] for path in paths}
        return {name for name in names if name in readers or name in own} - {"company"}

    def key(self) -> Callable[[Row], Any]:
        """A function that gives the cells of a row which can make a difference, as one key."""
        columns = self.columns_read
        if not columns:
            return lambda row: None
        if len(columns) == 1:
            (only,) = columns
            return lambda row: row[only]
        return itemgetter(*columns)

    def item(
        self, number: int, row: Row, item_id: str, owner_of: Callable[[str], str | None]
    ) -> Item | list[BadCell]:
        """The careful way: an item with every field the policy reads, or what was wrong."""
        bad: list[BadCell] = []
        fields: dict[str, Value] = {}
        for name, read in self._fields.items():
            value = read(row)
            if isinstance(value, Problem):
                # A masked phone is no key, but it is a value: conditions may ask for it.
                if name not in PEOPLE_FIELDS:
                    bad.append(BadCell(number, value.column, value.value, value.reason))
                else:
                    fields[name] = value.value
            else:
                fields[name] = self._zoned(value)
        kind = self._kind_of(number, row, bad)
        if bad:
            return bad
        return Item(
            id=item_id, fields=fields, kind=kind, company=self._company_of(row, fields, owner_of)
        )

    def _zoned(self, value: Any) -> Value:
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=self.zone)
        return value  # type: ignore[no-any-return]

    def _kind_of(self, number: int, row: Row, bad: list[BadCell]) -> ItemKind:
        text = self._kind(row) if self._kind is not None else None
        if not isinstance(text, str):
            return ItemKind.LEAD
        kind = _KINDS.get(text.strip().casefold())
        if kind is None:
            bad.append(
                BadCell(number, self._kind_header, text, reason("route.kind_unknown", value=text))
            )
            return ItemKind.LEAD
        return kind

    def _company_of(
        self, row: Row, fields: Mapping[str, Value], owner_of: Callable[[str], str | None]
    ) -> Company | None:
        name = self.company(row) if self.company is not None else None
        if not isinstance(name, str):
            return None
        key = company_key(name)
        known = {part: fields[part] for part in COMPANY_FIELDS if part in fields}
        return Company(id=key, fields={"name": name, **known}, owner_id=owner_of(key))


# What the engine works out, or a sheet never brings without being asked about it.
_OWN = frozenset({"lead.id", "lead.kind", "lead.score", "lead.grade", "lead.points"})


def absent_fields(policy: Policy, columns: ColumnMap) -> tuple[str, ...]:
    """The fields that a policy reads of an item and for which a leads sheet has no column."""
    paths = {*policy.paths_read, *(ref.path for atom in policy.personal for ref in atom.fields)}
    names = {*columns.roles, *(column.field for column in columns.custom)}
    return tuple(sorted(path for path in paths - _OWN if not _has_column(path, names)))


def _has_column(path: str, names: set[str]) -> bool:
    root, _, name = path.partition(".")
    if root == "company":
        return "company" in names and (name in ("id", "name", "owner") or name in names)
    return root != "lead" or name in names
