"""From an open table to the meaning of its columns: what a command line or an import page calls."""

from collections.abc import Iterable

from evenhand.sheets.columns.date_orders import has_doubtful_dates, settle_dates
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.override import parse_overrides
from evenhand.sheets.columns.recognize import SAMPLE_ROWS, recognize
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.table import Table


def understand(table: Table, purpose: Purpose, *, said: Iterable[str] = ()) -> ColumnMap:
    """What the columns of a table mean; `said` are the user's words, "列名=role".

    Judged by a sample; only where dates may be read in two ways, all rows are asked.

    :raises UnreadableOverride: a word names no column or no role.
    :raises UnreadableSheet: as `Table.rows`.
    """
    overrides = parse_overrides(said, table.header, purpose)
    found = recognize(table.header, table.sample(SAMPLE_ROWS), purpose, overrides=overrides)
    if has_doubtful_dates(found):
        found = settle_dates(found, table.rows().plain())
    return found
