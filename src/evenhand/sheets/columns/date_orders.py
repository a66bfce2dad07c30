"""The order of day and month, settled per column by the values that show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.columns.mapping import Column, ColumnMap
from evenhand.sheets.columns.roles import CellKind
from evenhand.sheets.values.dates import OrderShown, order_shown
from evenhand.sheets.values.text import Cell

_DATES = frozenset({CellKind.DATE, CellKind.DATETIME, CellKind.PERIODS})
_AT_ONCE = 4_096  # rows


def settle_dates(found: ColumnMap, rows: Iterable[Sequence[Cell]]) -> ColumnMap:
    """The same map with the date orders that these rows show, and notes that say so.

    An order is used only where a value proves it (a day above 12) and none disproves it.
    """
    indexes = [column.index for column in found.columns if column.kind in _DATES]
    shown = dict.fromkeys(indexes, OrderShown())
    for batch in _batches(rows) if indexes else ():
        for index in indexes:
            cells = [row[index] for row in batch if index < len(row)]
            shown[index] = shown[index].joined(order_shown(cells))
    notes = [note for note in found.notes if not note.code.startswith("sheet.date_order")]
    columns: list[Column] = []
    for column in found.columns:
        evidence = shown.get(column.index, OrderShown())
        columns.append(replace(column, date_order=evidence.order))
        notes += _notes(column, evidence)
    return replace(found, columns=tuple(columns), notes=tuple(notes))


def has_doubtful_dates(found: ColumnMap) -> bool:
    """Whether some dates may be read in two ways, so that all rows should be asked."""
    return any(note.code.startswith("sheet.date_order") for note in found.notes)


def _notes(column: Column, evidence: OrderShown) -> list[Reason]:
    if evidence.day_first and evidence.month_first:
        return [reason("sheet.date_order_mixed", column=column.header)]
    if evidence.order is not None:
        value = evidence.day_first or evidence.month_first
        order = evidence.order.value
        return [reason("sheet.date_order_shown", column=column.header, order=order, value=value)]
    if evidence.ambiguous:
        return [reason("sheet.date_order_unknown", column=column.header, value=evidence.ambiguous)]
    return []


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch
