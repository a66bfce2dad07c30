"""Absences in one cell: "2026-05-01~2026-05-05 年假; 2026-10-01 至 2026-10-07"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from evenhand.sheets.values.dates import DateOrder, Moment, parse_moment
from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.text import EDGES, Cell, folded, parse_text

_PARTS = re.compile(r"[;；、|\r\n]+")
_STAMP = (
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{8})"
    r"(?:[T\s]*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_SPAN = re.compile(
    rf"[^\d]*?(?P<first>{_STAMP})\s*(?:(?:~|～|—+|–|-|→|至|到|to|until)\s*(?P<last>{_STAMP}|\d{{1,2}}:\d{{2}}))?"
    r"[\s,，:：(（]*(?P<reason>[^\d]*?)[)）\s]*"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of wall-clock time without a zone; `until_at` is exclusive."""

    from_at: datetime
    until_at: datetime
    reason: str = ""


def parse_periods(
    cell: Cell, order: DateOrder | None = None
) -> tuple[Period, ...] | Problem | None:
    """All periods of the cell. A day as the end is included whole; one day alone is that day."""
    if isinstance(cell, date):
        return (period_between(cell, cell),)
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    found: list[Period] = []
    for part in _PARTS.split(folded(text)):
        if not part.strip(EDGES):
            continue
        period = _parse_span(part.strip(EDGES), order)
        if not isinstance(period, Period):
            return period or problem("sheet.period_unreadable", text)
        found.append(period)
    return tuple(found) or None


def period_between(first: Moment, last: Moment, reason: str = "") -> Period:
    """The period from one moment until another; a day as the end is included whole."""
    if isinstance(last, datetime):
        until_at = last
    else:
        until_at = datetime.combine(last + timedelta(days=1), time())
    from_at = first if isinstance(first, datetime) else datetime.combine(first, time())
    return Period(from_at, until_at, reason)


def _parse_span(part: str, order: DateOrder | None) -> Period | Problem | None:
    match = _SPAN.fullmatch(part)
    if match is None:
        return None
    first = parse_moment(match["first"], order)
    last = _end(first, match["last"], order)
    for moment in (first, last):
        if isinstance(moment, Problem):
            return moment
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    period = period_between(first, last, match["reason"].strip(EDGES))
    return period if period.from_at < period.until_at else None


def _end(
    first: Moment | Problem | None, written: str | None, order: DateOrder | None
) -> Moment | Problem | None:
    if written is None:
        # One day alone is that whole day; an hour alone has no end.
        return None if isinstance(first, datetime) else first
    if len(written) <= 5 and isinstance(first, datetime):
        hour, _, minute = written.partition(":")
        if int(hour) > 23 or int(minute) > 59:
            return None
        return datetime.combine(first.date(), time(int(hour), int(minute)))
    return parse_moment(written, order)
