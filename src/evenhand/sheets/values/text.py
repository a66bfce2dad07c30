"""Text cells: trimmed, unwrapped from spreadsheet disguises, and blank where they say nothing."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from evenhand.sheets.values.problem import Problem, problem

Cell = str | int | Decimal | bool | date | datetime | time

# White space, and what looks like it: byte order mark, zero-width characters, soft hyphen.
EDGES = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
EDGES += "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u00ad"

# What exports write for "nothing". "NA" is not among them: it may be North America.
BLANKS = frozenset(
    "- -- --- — —— ― － / \\N null NULL Null (null) n/a N/A nan NaN NAN <NA> NaT undefined "
    "Select select 请选择 請選擇 -请选择- --请选择-- 未填写 未填 未填寫 (空) （空） "
    "(blank) (空白)".split()
) | {"", "Not Specified", "-None-", "--None--"}

ERRORS = frozenset(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA".split()
)

# Characters with which a spreadsheet begins a formula; the writer puts an apostrophe before them.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_WRAPPED = re.compile(r'="((?:[^"]|"")*)"')
_POWER_OF_TEN = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d{2,3}")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+")
# A whole column, a line each. An id that ends in digits is no word for "nothing".
_ALL_IDS = re.compile(r"(?:[A-Za-z]*+[0-9]++(?:[-_][0-9]++)*+\n)*+")
_ALL_NAMES = re.compile(r"(?:\w[\w ().&-]*+(?<! )\n)*+")
_TYPED_DIGITS = 15  # a spreadsheet's number keeps no more


def text_of(cell: Cell) -> str:
    """The cell as trimmed text: `="007"` and '007 give 007; apostrophes of ours come off."""
    if cell.__class__ is not str:
        return _typed_text(cell)
    text: str = cell.strip(EDGES)
    if text[:1] in {"=", "'"}:
        if wrapped := _WRAPPED.fullmatch(text):
            return wrapped[1].replace('""', '"').strip(EDGES)
        inner = text[1:].strip(EDGES)
        if text[0] == "'" and inner and (inner[0] in FORMULA_STARTS or inner[0].isdigit()):
            return inner
    return text


def folded(text: str) -> str:
    """The text with full-width letters, digits and signs made narrow (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_blank(cell: Cell) -> bool:
    """Whether the cell says nothing: empty, white space, "-", "null", "请选择" and the like."""
    return cell.__class__ is str and (not cell or text_of(cell) in BLANKS)


def parse_text(cell: Cell) -> str | Problem | None:
    """The trimmed text; a spreadsheet error such as #N/A is a problem."""
    text = text_of(cell)
    if text in BLANKS:
        return None
    if text[0] == "#" and text in ERRORS:
        return problem("sheet.cell_error", text)
    return text


def parse_id(cell: Cell) -> str | Problem | None:
    """An identifier as text; one that a spreadsheet has rounded is a problem, not a key."""
    # The usual case: L000123 can be neither blank nor a rounded number.
    if cell.__class__ is str and cell.isalnum() and "A" <= cell[0] <= "z" and cell.isascii():
        return cell if cell not in BLANKS else None
    if isinstance(cell, Decimal) and cell.adjusted() >= _TYPED_DIGITS:
        return problem("sheet.digits_lost", cell)
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    if _POWER_OF_TEN.fullmatch(text):
        return problem("sheet.digits_lost", text)
    if whole := _WHOLE_FLOAT.fullmatch(text):
        return whole[1]  # 579533.0: an identifier that passed through a float
    return text


def are_plain_ids(text: str) -> bool:
    """Whether all lines of a text, each with its line end, are ids as they stand: L000123."""
    return _ALL_IDS.fullmatch(text) is not None


def are_plain_names(text: str) -> bool:
    """Whether all lines of a text, each with its line end, are names without disguise.

    They begin with a letter or digit, hold no space but the plain one and nothing that NFKC would
    write otherwise. They may still be words for "nothing".
    """
    return _ALL_NAMES.fullmatch(text) is not None and unicodedata.is_normalized("NFKC", text)


def _typed_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        if abs(cell.adjusted()) > 30:
            return str(cell)
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
