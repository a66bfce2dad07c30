"""Which lead a row is, and of which company: row by row, or a whole batch at once."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import repeat
from sys import intern
from typing import Any

from evenhand.cli.route.seen import KINDS
from evenhand.sheets.columns.extract import role_readers
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.reading.rows import Row
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

_PARSERS = {"id": parse_id, "phone": parse_phone, "email": parse_email}
_ARE_PLAIN = {"id": are_plain_ids, "phone": are_plain_phones, "email": are_plain_emails}


class ByColumn:
    """The rows of a batch, at least one, by column too."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.columns = list(zip(*rows, strict=True))

    def keys(self, columns: Sequence[int]) -> Iterable[Any]:
        """The cells of these columns, row by row."""
        chosen = [_interned(self.columns[index]) for index in columns]
        if not chosen:
            return repeat((), len(self.rows))
        return chosen[0] if len(chosen) == 1 else zip(*chosen, strict=True)


def _interned(cells: Sequence[Any]) -> Iterable[Any]:
    """The cells; texts as one object each, because they are looked up a million times."""
    return map(intern, cells) if all(cell.__class__ is str for cell in cells) else cells


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


class Identities:
    """Reads what makes two rows one lead, and the company, from the rows of one sheet."""

    def __init__(self, columns: ColumnMap) -> None:
        self.company = role_readers(columns).get("company")
        self._company_column = _only_column(columns, "company")
        # Ids, phones and mails hardly repeat: they are parsed without the readers' memory.
        self._keys = tuple(_key_reader(columns, role) for role in KINDS)
        self._key_columns = tuple(_only_column(columns, role) for role in KINDS)

    def of(self, row: Row) -> tuple[str | None, str | None, str | None, tuple[Problem, ...]]:
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

    def company_key_of(self, row: Row) -> str:
        """The key of the company that a row names; "" = none."""
        name: object = None
        if self._company_column is not None:
            name = parse_text(row[self._company_column])
        elif self.company is not None:
            name = self.company(row)
        return company_key(name) if isinstance(name, str) else ""

    def company_keys_of(self, batch: ByColumn) -> Sequence[str]:
        """`company_key_of` for the rows of a batch."""
        if self._company_column is not None:
            keys = company_keys(batch.columns[self._company_column])
            if keys is not None:
                return keys
        return [self.company_key_of(row) for row in batch.rows]

    def all_of(self, batch: ByColumn) -> list[Sequence[str | None]]:
        """Ids, phone keys and mail keys of the rows of a batch; None = none that can be used."""
        return [
            self._key_column(batch, role, column, read)
            for role, column, read in zip(KINDS, self._key_columns, self._keys, strict=True)
        ]

    def _key_column(
        self, batch: ByColumn, role: str, column: int | None, read: Callable[[Row], Any] | None
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


def row_key(row: Sequence[Any], phone: str | None, email: str | None) -> str:
    """What tells a row without id from others. Everybody can work it out: see `State.made_id`."""
    basis = phone or email or json.dumps([str(cell) for cell in row], ensure_ascii=False)
    return f"x{sha256(basis.encode()).hexdigest()[:12]}"
