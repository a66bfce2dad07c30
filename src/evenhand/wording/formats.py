"""Numbers, times and lists as people of each locale write them. No units: these stand in sentences.

Whole numbers stay numbers, so that Fluent can choose a plural and part thousands; others become
exact text. Only points are rounded, and nothing here raises: what is no time is shown as it came.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from evenhand.wording.catalogue import Words

# Beyond this a list is a list of its own, not part of a sentence.
SHOWN_IN_LIST = 8
SHOWN_CHARACTERS = 120

POINT_DECIMALS = 6  # micro-points
HUNDREDTH = 10_000  # of a point, in micro-points
SCORE_DECIMALS = 2  # hundredths of a score point
SHARE_DECIMALS = 4  # millionths, as percent

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Mapping[str, Callable[[date], str]] = {
    "zh-Hans": lambda day: date(day.year, day.month, day.day).isoformat(),
    "zh-Hant": lambda day: f"{day.year}/{day.month}/{day.day}",
    "en": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
}
_BETWEEN: Mapping[str, str] = {"zh-Hans": " ", "zh-Hant": " ", "en": ", "}
_SPAN = re.compile(r"([0-9]+)(wm|wh|wd|m|h|d|w)")


def decimal(amount: int, decimals: int) -> int | str:
    """An integer of `decimals` implied places: 3200000 of six is "3.2", 3000000 is 3."""
    scale: int = 10**decimals
    whole, rest = divmod(abs(amount), scale)
    if not rest:
        return whole if amount >= 0 else -whole
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}.{rest:0{decimals}d}".rstrip("0")


def signed(amount: int, decimals: int) -> str:
    """The same as text, with its sign: +2, -1.5, 0."""
    number = decimal(abs(amount), decimals)
    shown = f"{number:,}" if isinstance(number, int) else number
    return f"{'+' if amount > 0 else '-' if amount < 0 else ''}{shown}"


def points(micro_points: int) -> int | str:
    """Micro-points as points, to two decimals, half up; a trace is shown as the least of them.

    The receipt has them exact.
    """
    hundredths = max((abs(micro_points) + HUNDREDTH // 2) // HUNDREDTH, int(micro_points != 0))
    return decimal(hundredths if micro_points >= 0 else -hundredths, 2)


def exact_points(micro_points: int) -> int | str:
    """Micro-points as points, exact, without trailing zeros."""
    return decimal(micro_points, POINT_DECIMALS)


def score(hundredths: int) -> int | str:
    """Hundredths of a score point as score points."""
    return decimal(hundredths, SCORE_DECIMALS)


def percent(millionths: int) -> int | str:
    """Millionths as percent: 125000 is "12.5"."""
    return decimal(millionths, SHARE_DECIMALS)


def grouped(text: str) -> str:
    """A number with its thousands set apart (3,000,000); what is no number stays as it is."""
    try:
        return f"{Decimal(text):,f}"
    except InvalidOperation:
        return tidy(text)


def tidy(text: str) -> str:
    """A text as part of a sentence: on one line, and no longer than somebody reads."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


def day(locale: str, when: date) -> str:
    """2026-03-10, 2026/3/10 or 10 Mar 2026."""
    return _DAYS[locale](when)


def moment(locale: str, text: str, *, with_seconds: bool = False) -> str:
    """An ISO time or date in short form, by its own offset; midnight is the day alone."""
    found = read_moment(text)
    if found is None:
        return tidy(text)
    shown = day(locale, found)
    if not isinstance(found, datetime) or (found.time() == time(0) and not with_seconds):
        return shown
    clock = found.strftime("%H:%M:%S" if with_seconds else "%H:%M")
    return f"{shown}{_BETWEEN[locale]}{clock}"


def full_moment(locale: str, at: datetime) -> str:
    """A time by its own clock, day and minute, midnight too: 2026-03-10 09:30."""
    return f"{day(locale, at)}{_BETWEEN[locale]}{at:%H:%M}"


def last_moment(locale: str, text: str) -> str:
    """An exclusive end as people say it: until midnight is until the day before, included."""
    found = read_moment(text)
    if isinstance(found, datetime) and found.time() == time(0) and found.date() > date.min:
        return day(locale, found.date() - timedelta(days=1))
    return moment(locale, text)


def offset(text: str) -> str:
    """The offset of an ISO time as UTC+8 or UTC-3:30; "" if it has none."""
    found = read_moment(text)
    return offset_of(found) if isinstance(found, datetime) else ""


def offset_of(at: datetime) -> str:
    """The same of a time; "" if it has none."""
    ahead = at.utcoffset()
    return "" if ahead is None else _ahead(ahead)


@lru_cache(maxsize=256)
def _ahead(ahead: timedelta) -> str:
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    shown = f"{hours}:{minutes:02d}" if minutes else f"{hours}"
    return "UTC" if not ahead else f"UTC{'-' if ahead < timedelta(0) else '+'}{shown}"


def read_moment(text: str) -> datetime | date | None:
    """The ISO time or date that a text writes, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def span(words: Words, text: str) -> str:
    """A duration such as 7d or 4wh in words."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return tidy(text)
    return words.text("span", unit=found[2], count=int(found[1]))


def listed(words: Words, parts: Sequence[str], *, most: int = SHOWN_IN_LIST) -> str:
    """Texts joined as the language does it; of a long list, the first and how many there are."""
    shown = list_text(words, parts[:most])
    if len(parts) <= most:
        return shown
    return words.text("list-more", shown=shown, count=len(parts), more=len(parts) - most)


def list_text(words: Words, parts: Sequence[str]) -> str:
    """Texts joined as the language does it, however many."""
    return words.text("list-separator").join(parts)
