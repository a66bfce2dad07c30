"""The leads sheet: each row becomes an item, or a list of the cells that could not be used.

Two ways through a row, with one result. The careful one parses every field that the policy reads.
The quick one finds a row whose cells in those columns were seen before, and takes what the
careful one made of them: a file of a million rows has few different ones.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from hashlib import sha256
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

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
from evenhand.sheets.values.emails import are_plain_emails, parse_email
from evenhand.sheets.values.phones import are_plain_phones, parse_phone
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import (
    BLANKS,
    are_plain_ids,
    are_plain_names,
    parse_id,
    parse_text,
)

COMPANY_FIELDS = ("region", "industry", "size", "employees", "revenue")
PEOPLE_FIELDS = ("name", "phone", "email", "note", "title")
REGION_ROWS = 5_000
IDENTITY_ROLES = ("id", "phone", "email")

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


class Columns:
    """The rows of a batch, at least one, by column too."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.columns = list(zip(*rows, strict=True))


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


def company_key(name: str) -> str:
    """One key for the spellings of one company's name: width, case and spaces do not count."""
    if not (name.isascii() or unicodedata.is_normalized("NFKC", name)):
        name = unicodedata.normalize("NFKC", name)
    parts = name.casefold().split()
    return parts[0] if len(parts) == 1 else "".join(parts)


def company_keys(cells: Sequence[Any]) -> list[str] | None:
    """The keys of a column of company names that are plainly written; None = look at each."""
    text = _as_lines(cells)
    if text is None or not are_plain_names(text) or not BLANKS.isdisjoint(cells):
        return None
    return text.casefold().replace(" ", "").split("\n")[:-1]


def _as_lines(cells: Sequence[Any]) -> str | None:
    """A column of texts as one text, a line each; None = there are other values."""
    try:
        text = "\n".join([*cells, ""])
    except TypeError:
        return None
    return text if text.count("\n") == len(cells) else None


class RowReader:
    """Reads the rows of one sheet for one policy."""

    def __init__(self, sheet: LeadSheet, policy: Policy, zone: tzinfo) -> None:
        self.policy = policy
        self.zone = zone
        readers = role_readers(sheet.columns)
        own = custom_readers(sheet.columns)
        self.company = readers.get("company")
        self._company_column = _only_column(sheet.columns, "company")
        # Ids, phones and mails hardly repeat: they are parsed without the readers' memory.
        self._keys = tuple(_key_reader(sheet.columns, role) for role in IDENTITY_ROLES)
        self._key_columns = tuple(_only_column(sheet.columns, role) for role in IDENTITY_ROLES)
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

    def company_key_of(self, row: Row) -> str:
        """The key of the company that a row names; "" = none."""
        name: object = None
        if self._company_column is not None:
            name = parse_text(row[self._company_column])
        elif self.company is not None:
            name = self.company(row)
        return company_key(name) if isinstance(name, str) else ""

    def company_keys_of(self, batch: Columns) -> Sequence[str]:
        """`company_key_of` for the rows of a batch."""
        if self._company_column is not None:
            keys = company_keys(batch.columns[self._company_column])
            if keys is not None:
                return keys
        return [self.company_key_of(row) for row in batch.rows]

    def identities_of(self, batch: Columns) -> list[Sequence[str | None]]:
        """Ids, phone keys and mail keys of the rows of a batch; None = none that can be used."""
        return [
            self._key_column(batch, role, column, read)
            for role, column, read in zip(
                IDENTITY_ROLES, self._key_columns, self._keys, strict=True
            )
        ]

    def _key_column(
        self, batch: Columns, role: str, column: int | None, read: Callable[[Row], Any] | None
    ) -> Sequence[str | None]:
        if read is None:
            return [None] * len(batch.rows)
        if column is not None:
            cells = batch.columns[column]
            text = _as_lines(cells)
            if text is not None and _ARE_PLAIN[role](text):
                return cells
        values = map(read, batch.rows)
        return [None if value.__class__ is Problem else value for value in values]

    def keys_of(self, batch: Columns) -> Iterable[Any]:
        """For the rows of a batch, what `key` gives."""
        columns = [batch.columns[index] for index in self.columns_read]
        if not columns:
            return repeat(None, len(batch.rows))
        return columns[0] if len(columns) == 1 else zip(*columns, strict=True)

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
        self, number: int, row: Row, item_id: str, owner_of: Mapping[str, str]
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
        self, row: Row, fields: Mapping[str, Value], owner_of: Mapping[str, str]
    ) -> Company | None:
        name = self.company(row) if self.company is not None else None
        if not isinstance(name, str):
            return None
        key = company_key(name)
        known = {part: fields[part] for part in COMPANY_FIELDS if part in fields}
        return Company(id=key, fields={"name": name, **known}, owner_id=owner_of.get(key))

    def identity_of(
        self, row: Row
    ) -> tuple[str | None, str | None, str | None, tuple[Problem, ...]]:
        """(id, phone key, mail key, problems): what makes two rows one lead."""
        read_id, read_phone, read_email = self._keys
        item_id = None if read_id is None else read_id(row)
        phone = None if read_phone is None else read_phone(row)
        email = None if read_email is None else read_email(row)
        if Problem in (item_id.__class__, phone.__class__, email.__class__):
            values = (item_id, phone, email)
            wrong = tuple(value for value in values if isinstance(value, Problem))
            clean = [None if isinstance(value, Problem) else value for value in values]
            return clean[0], clean[1], clean[2], wrong
        return item_id, phone, email, ()


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


_PARSERS = {"id": parse_id, "phone": parse_phone, "email": parse_email}
_ARE_PLAIN = {"id": are_plain_ids, "phone": are_plain_phones, "email": are_plain_emails}


def _only_column(columns: ColumnMap, role: str) -> int | None:
    found = columns.of(role)
    return found[0].index if len(found) == 1 else None


def _key_reader(columns: ColumnMap, role: str) -> Callable[[Row], Any] | None:
    """A reader of one identity role; a single column is parsed in place."""
    found = columns.of(role)
    if len(found) != 1:
        return role_readers(columns).get(role)
    parse, index, header = _PARSERS[role], found[0].index, found[0].header

    def read(row: Row) -> Any:
        value = parse(row[index])
        return value.within(header) if value.__class__ is Problem else value

    return read


def made_id(row: Sequence[Any], phone: str | None, email: str | None) -> str:
    """An id for a row that brings none: the same row has the same id next Monday."""
    basis = phone or email or json.dumps([str(cell) for cell in row], ensure_ascii=False)
    return f"x{sha256(basis.encode()).hexdigest()[:12]}"
