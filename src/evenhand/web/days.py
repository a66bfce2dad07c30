"""Days in the address of a list: `from` and `to`, both included, by the company's clock."""

from collections.abc import Mapping
from datetime import date, datetime

from evenhand.people.clocks import company_zone, whole_days

_EVER = date(2000, 1, 1), date(2100, 1, 1)


def days_asked(query: Mapping[str, str]) -> tuple[datetime, datetime] | None:
    """The moments between which to look; None where the address names no day."""
    first, last = day_of(query.get("from")), day_of(query.get("to"))
    if first is None and last is None:
        return None
    return whole_days(first or _EVER[0], last or _EVER[1], company_zone())


def day_of(text: str | None) -> date | None:
    """A day as a date control writes it; None where it is none, or far away."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if _EVER[0] <= found <= _EVER[1] else None
