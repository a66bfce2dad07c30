"""Appeals as pages show them: with the time that is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from evenhand.appeals.deadline import company_calendar
from evenhand.appeals.models import Appeal, AppealState
from evenhand.people.countdown import Countdown, countdown


@dataclass(frozen=True, slots=True)
class Line:
    """An appeal in a list; `left` is None once it is over."""

    appeal: Appeal
    left: Countdown | None


def lines_of(rows: Iterable[Appeal], now: datetime) -> list[Line]:
    """Appeals with the working time that is left to answer them."""
    calendar = company_calendar(now)
    return [
        Line(one, countdown(calendar, now, one.due_at) if one.state == AppealState.OPEN else None)
        for one in rows
    ]
