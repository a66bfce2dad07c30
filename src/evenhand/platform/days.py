"""Days as addresses and forms name them, and the moments they stand for."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_of(text: str) -> date | None:
    """A day written as 2026-03-10; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def midnight(day: date | None, zone: str) -> datetime | None:
    """The moment a day of `zone` begins."""
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))


def span_of(params: Mapping[str, str], zone: str) -> tuple[datetime | None, datetime | None]:
    """What the days `since` … `until` of an address mean: from, and until before which moment."""
    since, until = day_of(params.get("since", "")), day_of(params.get("until", ""))
    until = until + timedelta(days=1) if until is not None and until < date.max else None
    return midnight(since, zone), midnight(until, zone)
