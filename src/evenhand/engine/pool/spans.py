"""Spans of time as people write them: 10d, 4h, 1d 2h 30m.

A day is a whole day of the calendar, or, where a clock runs in working time, one ordinary working
day of whoever holds the item.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from evenhand.engine.refusal import refusal

_PART = re.compile(r"(\d{1,5})\s*([wdhm])")
_WHOLE = re.compile(rf"\s*{_PART.pattern}(\s*{_PART.pattern})*\s*")
_MOST_DAYS = 3650
_MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """So many days and minutes, kept apart: how long a day is depends on the calendar."""

    days: int = 0
    minutes: int = 0

    def __bool__(self) -> bool:
        return bool(self.days or self.minutes)

    def __str__(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        parts = [(self.days, "d"), (hours, "h"), (minutes, "m")]
        return " ".join(f"{count}{unit}" for count, unit in parts if count) or "0m"

    def lasting(self, day: timedelta) -> timedelta:
        """The span where a day lasts `day`."""
        return self.days * day + timedelta(minutes=self.minutes)


NO_SPAN = Span()


def read_span(value: Any) -> Span:
    """A span from its text.

    :raises PydanticCustomError: it is none, or longer than ten years.
    """
    if isinstance(value, Span):
        return value
    if not isinstance(value, str) or not _WHOLE.fullmatch(value):
        raise refusal(
            "policy.not_a_span",
            "a span of time is written like 10d, 4h or 1d 30m, not {value}",
            value=repr(value)[:100],
        )
    days = minutes = 0
    for count, unit in _PART.findall(value):
        number = int(count)
        match unit:
            case "w":
                days += 7 * number
            case "d":
                days += number
            case "h":
                minutes += 60 * number
            case _:
                minutes += number
    if days + minutes // _MINUTES_OF_DAY > _MOST_DAYS:
        raise refusal(
            "policy.span_too_long",
            "a span of time lasts at most {limit} days, not {value}",
            value=value[:100],
            limit=_MOST_DAYS,
        )
    return Span(days, minutes)


SpanField = Annotated[
    Span,
    PlainValidator(read_span),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"title": "Span", "type": "string", "examples": ["10d", "4h", "1d 30m"]}),
]
