"""Dates and times in the orders people use. What may be two dates is a problem, not a guess.

Times without a zone stay without one: the caller knows the company's zone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.text import Cell, folded, parse_text

Moment = date | datetime


class DateOrder(StrEnum):
    """Which comes first in a date such as 3/4/2026."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class OrderShown:
    """What the values of one column show about their order: an example of each, or ""."""

    day_first: str = ""
    month_first: str = ""
    ambiguous: str = ""

    @property
    def order(self) -> DateOrder | None:
        """The order that at least one value proves and none contradicts."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return DateOrder.DAY if self.day_first else DateOrder.MONTH

    def joined(self, other: "OrderShown") -> "OrderShown":
        """What both together show."""
        return OrderShown(
            self.day_first or other.day_first,
            self.month_first or other.month_first,
            self.ambiguous or other.ambiguous,
        )


_TIME = re.compile(
    r"[tT,，\s]*(?P<before>上午|下午|中午|晚上|凌晨|早上)?\s*"
    r"(?P<hour>\d{1,2})\s*[:：时時点點]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"(?:[:：]?\s*(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?\s*"
    r"(?P<after>[aApP]\.?[mM]\.?)?\s*(?P<zone>[zZ]|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?\d{2})?"
)
_AFTERNOON = frozenset({"下午", "晚上", "p"})
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2})?)?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([A-Za-z]{3,9})\.?[\s,-]*(\d{4})")
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_WEEKDAY = re.compile(
    r"[\s,，(（]*(?:(?:星期|周|週|礼拜)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?\b)\.?[\s,，)）]*",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january,feb february,mar march,apr april,may,jun june,jul july,aug august,"
        "sep sept september,oct october,nov november,dec december".split(","),
        start=1,
    )
    for name in names.split()
}

_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheet dates, so that day 61 is 1900-03-01
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: what an unformatted date cell shows
_EPOCH_SECONDS = range(1_000_000_000, 4_000_000_000)  # 2001 to 2096


def parse_moment(cell: Cell, order: DateOrder | None = None) -> Moment | Problem | None:
    """A date, or a datetime where the cell tells the time of day.

    `order` is what the column shows (see `order_shown`); without it, 3/4/2026 is a problem.
    """
    if cell.__class__ is str and len(cell) >= 10 and cell[4] == "-":
        try:  # the usual case: 2026-03-01 or 2026-03-01 08:05:00
            at = datetime.fromisoformat(cell)
        except ValueError:
            pass
        else:
            if _EARLIEST_YEAR <= at.year <= _LATEST_YEAR:
                return at.date() if len(cell) == 10 else at
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return _from_number(Decimal(cell)) or problem("sheet.date_unreadable", cell)
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    return _parse_written(text, order)


def parse_date(cell: Cell, order: DateOrder | None = None) -> date | Problem | None:
    """The day alone; a time of day is dropped."""
    found = parse_moment(cell, order)
    return found.date() if isinstance(found, datetime) else found


def parse_datetime(cell: Cell, order: DateOrder | None = None) -> datetime | Problem | None:
    """The instant; a day without a time of day begins at midnight."""
    found = parse_moment(cell, order)
    if isinstance(found, date) and not isinstance(found, datetime):
        return datetime.combine(found, time())
    return found


def parse_clock(cell: Cell) -> time | Problem | None:
    """A time of day: 9:30, 09:30:00, 下午2点30分, 2:30 PM."""
    if isinstance(cell, time):
        return cell
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    match = _TIME.fullmatch(folded(text))
    found = _time_of(match) if match else None
    return found if found else problem("sheet.wallclock_unreadable", text)


def order_shown(cells: Iterable[Cell]) -> OrderShown:
    """What these cells, all of one column, show about the order of day and month."""
    day_first = month_first = ambiguous = ""
    for cell in cells:
        if cell.__class__ is not str:
            continue
        if cell[:4].isdigit():
            continue  # its year stands first, which shows nothing
        match = _NUMERIC.match(folded(cell.strip()))
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > 12 and _year_may_stand_first(match):
            ambiguous = ambiguous or match[0]
        elif first > 12 >= second:
            day_first = day_first or match[0]
        elif second > 12 >= first:
            month_first = month_first or match[0]
        elif first != second:
            ambiguous = ambiguous or match[0]
    return OrderShown(day_first, month_first, ambiguous)


def _parse_written(text: str, order: DateOrder | None) -> Moment | Problem:
    narrow = folded(text).strip()
    day, rest = _find_day(_WEEKDAY.sub(" ", narrow).strip(), order, text)
    if isinstance(day, Problem):
        return day
    if day is None:
        number = Decimal(narrow) if re.fullmatch(r"\d{5}(\.\d+)?|\d{10}|\d{13}", narrow) else None
        found = _from_number(number) if number is not None else None
        return found or problem("sheet.date_unreadable", text)
    if not rest.strip(" ,，"):
        return day
    match = _TIME.fullmatch(rest.rstrip())
    at = _time_of(match) if match else None
    if at is None:
        return problem("sheet.date_unreadable", text)
    return datetime.combine(day, at)


def _find_day(
    text: str, order: DateOrder | None, written: str
) -> tuple[date | Problem | None, str]:
    """The day at the start of the text, and what follows it."""
    if match := _YEAR_FIRST.match(text):
        return _day(match[1], match[2], match[3], written), text[match.end() :]
    if match := _COMPACT.fullmatch(text):
        clock = f" {match[4]}:{match[5]}:{match[6] or '00'}" if match[4] else ""
        found = _day(match[1], match[2], match[3], written)
        return (None if isinstance(found, Problem) else found), clock
    if (match := _DAY_NAME.match(text)) and (month := _MONTHS.get(match[2].lower())):
        return _day(match[3], month, match[1], written), text[match.end() :]
    if (match := _NAME_DAY.match(text)) and (month := _MONTHS.get(match[1].lower())):
        return _day(match[3], month, match[2], written), text[match.end() :]
    if match := _NUMERIC.match(text):
        return _numeric_day(match, order, written), text[match.end() :]
    return None, text


def _year_may_stand_first(match: re.Match[str]) -> bool:
    """Whether 26-03-04 may be a day of 2026 as well as one of 2004."""
    is_short = len(match[1]) == len(match[3]) == 2 and "-" in match[0]
    return is_short and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31


def _numeric_day(match: re.Match[str], order: DateOrder | None, written: str) -> date | Problem:
    first, second, year = match[1], match[2], match[3]
    if len(year) == 2:
        # The rule of POSIX strptime: 69 to 99 are of the last century.
        year = f"19{year}" if int(year) >= 69 else f"20{year}"
    day_first = _day(year, second, first, written)
    month_first = _day(year, first, second, written)
    if isinstance(day_first, Problem):
        return month_first
    if order is None and int(first) > 12 and _year_may_stand_first(match):
        year_first = _day(f"20{first}", second, match[3], written)
        if not isinstance(year_first, Problem) and year_first != day_first:
            return _ambiguous(written, day_first, year_first)
    if isinstance(month_first, Problem) or day_first == month_first:
        return day_first
    if order is None:
        return _ambiguous(written, day_first, month_first)
    return day_first if order is DateOrder.DAY else month_first


def _ambiguous(written: str, one: date, other: date) -> Problem:
    return problem(
        "sheet.date_ambiguous", written, day_first=one.isoformat(), month_first=other.isoformat()
    )


def _day(year: str, month: str | int, day: str, written: str) -> date | Problem:
    if _EARLIEST_YEAR <= int(year) <= _LATEST_YEAR:
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            pass
    return problem("sheet.date_unreadable", written)


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["before"] or match["after"] or "")[:2].lower()
    if half.startswith(("a", "p")):
        half = half[0]
    if half and not (0 <= hour <= 12 or match["before"]):
        return None
    if (half in _AFTERNOON and 1 <= hour < 12) or (half == "中午" and hour in {1, 2}):
        hour += 12
    elif half in {"a", "上午", "凌晨"} and hour == 12:
        hour = 0
    micro = int((match["fraction"] or "").ljust(6, "0")[:6] or 0)
    try:
        return time(hour, minute, second, micro, tzinfo=_zone(match["zone"] or ""))
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    if not text:
        return None
    digits = text.upper().removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if digits in {"", "Z"}:
        return UTC
    span = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-span if digits[0] == "-" else span)


def _from_number(number: Decimal) -> Moment | None:
    """A spreadsheet's serial day or seconds since 1970: what unformatted date cells hold."""
    whole = int(number) if number.is_finite() and number.adjusted() < 15 else 0
    if whole in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=whole)
        seconds = int(((number - whole) * 86_400).to_integral_value())
        if not seconds:
            return day
        return datetime.combine(day, time()) + timedelta(seconds=seconds)
    if whole // 1000 in _EPOCH_SECONDS and number == whole:
        whole //= 1000  # milliseconds
    if whole in _EPOCH_SECONDS and number.adjusted() in {9, 12}:
        return datetime.fromtimestamp(whole, UTC)
    return None
