"""What was typed into the forms of this area, as the operations take it."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from evenhand.engine.reasons import reason
from evenhand.people.operations.checks import CannotEdit

_BETWEEN_WORDS = re.compile(r"[,，、;；\n]+")
_WEIGHT = re.compile(r"\s*([^=＝:：]+(?::[^=＝:：]+)?)\s*[=＝]\s*(\S+)\s*")


def hundredths(text: str, field: str) -> int:
    """The text 0.8 as 80.

    :raises CannotEdit: it is no number, or finer than hundredths.
    """
    try:
        value = Decimal(text.strip().replace("．", ".")) * 100
    except InvalidOperation as error:
        raise _no_number(text, field) from error
    if not value.is_finite() or value != int(value):
        raise _no_number(text, field)
    return int(value)


def shown_hundredths(value: int) -> str:
    """80 as the text 0.80."""
    return f"{value // 100}.{value % 100:02d}"


def whole(text: str, field: str) -> int | None:
    """A whole number; None where nothing was typed.

    :raises CannotEdit: it is none.
    """
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise _no_number(text, field)
    return int(text)


def day(text: str, field: str) -> date | None:
    """A day as browsers send it; None where nothing was chosen.

    :raises CannotEdit: it is none.
    """
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError as error:
        raise CannotEdit(reason("people.date_unreadable", value=text[:40]), field=field) from error
    if not 1990 <= found.year <= 2190:
        raise CannotEdit(reason("people.date_unreadable", value=text[:40]), field=field)
    return found


def needed_day(text: str, field: str) -> date:
    """A day that has to be given.

    :raises CannotEdit: there is none.
    """
    found = day(text, field)
    if found is None:
        raise CannotEdit(reason("people.needed"), field=field)
    return found


def separate(text: str) -> tuple[str, ...]:
    """机械、英语 as two words."""
    return tuple(part.strip() for part in _BETWEEN_WORDS.split(text) if part.strip())


def weights(text: str) -> dict[str, int]:
    """The text A=1.2, lead:B=0.5 as hundredths by name.

    :raises CannotEdit: a part is not understood.
    """
    found = {}
    for part in separate(text):
        match = _WEIGHT.fullmatch(part)
        if match is None:
            raise CannotEdit(reason("people.weight_unknown", value=part[:80]), field="weights")
        found[match[1].strip()] = hundredths(match[2], "weights")
    return found


def shown_weights(values: dict[str, int]) -> str:
    """The inverse."""
    return ", ".join(f"{name}={shown_hundredths(weight)}" for name, weight in values.items())


def _no_number(text: str, field: str) -> CannotEdit:
    return CannotEdit(reason("people.number_unreadable", value=text[:40]), field=field)
