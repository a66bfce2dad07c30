"""Texts that a spreadsheet program would run as a formula, made harmless.

A cell that starts with = + - @, a tab or a line break gets an apostrophe before it, as OWASP
advises (CSV injection), unless it is a plain number. The readers here take the apostrophe off.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal

from evenhand.sheets.values.text import EDGES, FORMULA_STARTS

Out = str | int | float | Decimal | bool | date | datetime | time | None

# The first characters that call for a closer look: white space may hide a formula behind it.
SIGNALS = FORMULA_STARTS | frozenset(EDGES)

_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?|-{1,3}")


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it if it could be taken for a formula."""
    if text[:1] not in SIGNALS:
        return text
    core = text.lstrip(EDGES)
    is_broken_start = text[0] in "\t\r\n"
    if not is_broken_start and (core[:1] not in FORMULA_STARTS or not core):
        return text
    return text if _PLAIN.fullmatch(text) else f"'{text}"


def written(cell: Out) -> str:
    """A cell as CSV shows it: texts made safe, numbers plain, dates as 2026-03-01 08:05:00."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        # A StrEnum is its value, not its name.
        return safe_text(str(cell))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f") if abs(cell.adjusted()) < 30 else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
