"""By what the numbers of a column are multiplied: units in the heading, shares as percents."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.columns.heading import heading
from evenhand.sheets.columns.mapping import Column
from evenhand.sheets.columns.roles import CellKind
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.text import Cell

_LARGEST_SHARE = 10  # up to this, 1 is a full share; beyond it, 100 is


def scaled(column: Column, cells: Sequence[Cell]) -> tuple[Column, list[Reason]]:
    """The column with its factor, and the notes that say so."""
    if column.kind is CellKind.NUMBER and (factor := heading(column.header).factor) > 1:
        return replace(column, factor=factor), [
            reason("sheet.column_unit", column=column.header, factor=factor)
        ]
    if column.kind is CellKind.SHARE:
        numbers = [n for n in map(parse_number, cells) if isinstance(n, int | Decimal)]
        if numbers and max(numbers) <= _LARGEST_SHARE:
            return replace(column, factor=100), [
                reason(
                    "sheet.column_shares",
                    column=column.header,
                    example=str(max(numbers)),
                    percent=str(100 * max(numbers)),
                )
            ]
    return column, []
