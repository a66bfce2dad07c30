"""How values compare: text without regard to case and width, moments in the zone of `now`.

A value is missing if it is absent, blank, an empty list or no finite number. Nothing here raises,
whatever a mapping holds: a value of another kind compares with nothing.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from evenhand.engine.facts import Value

# Remembered foldings cost memory; notes are long and rarely met twice.
_REMEMBERED_LENGTH_MAX = 100


def fold(text: str) -> str:
    """The text as it is compared: one width, one case, no space around it.

    NFKC before and after case folding, as Unicode's own definition of a caseless match has it
    (The Unicode Standard, section 3.13, D146).
    """
    return _remembered(text) if len(text) <= _REMEMBERED_LENGTH_MAX else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower().strip()
    return normalize("NFKC", normalize("NFKC", text).casefold()).strip()


_remembered = lru_cache(maxsize=16_384)(_folded)


def is_missing(value: Value) -> bool:
    """Whether there is nothing to compare: absent, blank, an empty list, no finite number."""
    if value is None:
        return True
    if isinstance(value, str):
        return not fold(value)
    if isinstance(value, (tuple, list)):
        return not folded_texts(value)
    return isinstance(value, Decimal) and not value.is_finite()


def folded_texts(values: Any) -> frozenset[str]:
    """The texts of a list as they are compared, without blank ones."""
    return frozenset(filter(None, (fold(value) for value in values if isinstance(value, str))))


def comparable(left: Any, right: Any, now: datetime) -> tuple[Any, Any] | None:
    """Both values in one form that `==` and, but for text and booleans, `<` can compare.

    None if one of them is missing or they are of different kinds. An instant and a date compare
    as dates: that a lead was created on 2026-05-31 includes the evening of that day.
    """
    if isinstance(left, str):
        if not isinstance(right, str):
            return None
        pair = (fold(left), fold(right))
        return pair if all(pair) else None
    if isinstance(left, bool) or isinstance(right, bool):
        return (left, right) if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, (int, Decimal)):
        is_number = isinstance(right, (int, Decimal)) and not is_missing(right)
        return (left, right) if is_number and not is_missing(left) else None
    if isinstance(left, date):
        return _moments(left, right, now) if isinstance(right, date) else None
    if isinstance(left, time) and isinstance(right, time):
        return left.replace(tzinfo=None), right.replace(tzinfo=None)
    return None


def has_order(value: object) -> bool:
    """Whether a comparable value can be smaller or larger than another: numbers and times can."""
    return not isinstance(value, str | bool)


def _moments(left: date, right: date, now: datetime) -> tuple[Any, Any]:
    if isinstance(left, datetime) and isinstance(right, datetime):
        return instant(left, now), instant(right, now)
    return local_date(left, now), local_date(right, now)


def instant(at: datetime, now: datetime) -> datetime:
    """The instant in UTC; one without a zone is meant in the zone of `now`."""
    aware = at if at.utcoffset() is not None else at.replace(tzinfo=now.tzinfo)
    try:
        return aware.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar
        return aware.replace(tzinfo=UTC)


def local_date(at: date, now: datetime) -> date:
    """The date of an instant in the zone of `now`; a date is itself."""
    if not isinstance(at, datetime):
        return at
    try:
        return instant(at, now).astimezone(now.tzinfo).date()
    except OverflowError:
        return at.date()
