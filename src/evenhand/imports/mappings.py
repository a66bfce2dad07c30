"""Mappings that somebody confirmed before, found again by the headings of a file."""

from collections.abc import Sequence
from hashlib import sha256

from evenhand.imports.models import Import, Mapping
from evenhand.sheets.columns.heading import plain_form
from evenhand.sheets.reading.table import Table

KEPT_OF_ONE = 20  # mappings of the same headings that are offered


def fingerprint_of(table: Table) -> str:
    """What files with the same headings have in common, in any order; "" = it has no headings."""
    if any(note.code == "sheet.header_missing" for note in table.notes):
        return ""
    names = sorted(plain_form(name) or name for name in table.header)
    return sha256("\n".join(names).encode()).hexdigest()


def mappings_of(fingerprint: str) -> Sequence[Mapping]:
    """The mappings of these headings, the one that was confirmed last first."""
    if not fingerprint:
        return ()
    rows = Mapping.objects.filter(fingerprint=fingerprint).select_related("confirmed_by", "line")
    return list(rows.order_by("-confirmed_at", "-pk")[:KEPT_OF_ONE])


def fill_in(row: Import, mapping: Mapping) -> None:
    """Take a mapping's kind, words on columns, source and line for an import; not saved."""
    row.mapping = mapping
    row.kind = mapping.kind
    row.said = mapping.said
    row.source = mapping.source
    row.line = mapping.line
