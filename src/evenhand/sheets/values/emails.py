"""E-mail addresses to one canonical key: trimmed, lower case, without name or `mailto:`."""

import re

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.text import BLANKS, ERRORS, Cell, folded, text_of

_ADDRESS = re.compile(
    r"[\w.!#$%&+/=?^`{|}~-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]",
)
_is_address = _ADDRESS.fullmatch
# A whole column of them, a line each, the usual ones only.
_ALL_PLAIN = re.compile(
    r"(?:[a-z0-9._-]{1,64}+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?+\.){1,4}+[a-z]{2,20}+\n)*+"
)
_INSIDE = re.compile(r"<\s*([^<>]*)\s*>")


def parse_email(cell: Cell) -> str | Problem | None:
    """The canonical address; of several in one cell, the first."""
    text: str = cell if cell.__class__ is str else text_of(cell)
    if _is_address(text):  # the usual case
        return text.lower()
    text = text_of(text)
    if text in BLANKS:
        return None
    if text in ERRORS:
        return problem("sheet.cell_error", text)
    bare = folded(text)
    if inside := _INSIDE.search(bare):
        bare = inside[1]
    for part in re.split(r"[\s,;/|、]+", bare.lower().removeprefix("mailto:")):
        part = part.rstrip(".")
        if _is_address(part):
            return part
    return problem(
        "sheet.email_masked" if "**" in bare and "@" in bare else "sheet.email_unreadable", text
    )


def are_plain_emails(text: str) -> bool:
    """Whether all lines of a text, each with its line end, are addresses and so their keys."""
    return _ALL_PLAIN.fullmatch(text) is not None


def is_certain_email(cell: Cell) -> bool:
    """Whether the cell can hardly be anything but an e-mail address."""
    return _is_address(folded(text_of(cell)).removeprefix("mailto:")) is not None
