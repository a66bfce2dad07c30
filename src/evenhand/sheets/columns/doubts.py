"""Dates that are read by the order their column shows, and could be another day all the same."""

from collections.abc import Callable, Iterator

from evenhand.engine.reasons import Reason
from evenhand.sheets.columns.extract import Row
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.roles import CellKind
from evenhand.sheets.values.dates import parse_moment
from evenhand.sheets.values.problem import Problem


def doubtful_dates(found: ColumnMap) -> Callable[[Row], Iterator[tuple[str, str, Reason]]]:
    """For a row: heading, value and both days of each date that its column alone decides.

    Where nothing decides, the reader of the column gives the problem itself.
    """
    kinds = (CellKind.DATE, CellKind.DATETIME)
    settled = [one for one in found.columns if one.kind in kinds and one.date_order is not None]

    def doubts(row: Row) -> Iterator[tuple[str, str, Reason]]:
        for column in settled:
            cell = row[column.index] if column.index < len(row) else ""
            moment = parse_moment(cell)
            if isinstance(moment, Problem) and moment.code == "sheet.date_ambiguous":
                yield column.header, moment.value, moment.reason

    return doubts
