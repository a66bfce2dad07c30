"""Words and figures on the pages of people: `{{ weight|share }}`, `{% said why %}`."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from evenhand.engine.reasons import Reason
from evenhand.people.models import Leave
from evenhand.people.operations.paste_plan import Plan, RowPlan
from evenhand.web.members.reading import shown_hundredths
from evenhand.wording import formats
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

register = template.Library()


@register.filter
def share(hundredths: int | None) -> str:
    """A weight as people write it: 0.80."""
    return "—" if hundredths is None else shown_hundredths(hundredths)


@register.simple_tag(takes_context=True)
def said(context: dict[str, Any], why: Reason) -> str:
    """A reason in the reader's words."""
    words: Words = context["words"]
    return say(words, why)


@register.filter
def verdicts(plan: Plan, verdict: str) -> int:
    """How many rows of a list have this verdict."""
    return plan.count(verdict)


@register.simple_tag(takes_context=True)
def changes(context: dict[str, Any], row: RowPlan) -> list[tuple[str, str, str]]:
    """What would change, by column: as it is, as it would be."""
    words: Words = context["words"]
    return [
        (column.replace("_", "-"), _shown(words, column, was), _shown(words, column, new))
        for column, (was, new) in row.changes.items()
    ]


@register.simple_tag(takes_context=True)
def role_words(context: dict[str, Any], role: str) -> str:
    """A role by its word."""
    words: Words = context["words"]
    return words.text(f"web-role-{role}")


@register.simple_tag(takes_context=True)
def weekday(context: dict[str, Any], on: date) -> str:
    """The day of the week: 周一."""
    words: Words = context["words"]
    return words.text(f"weekday-{on.isoweekday()}")


@register.simple_tag(takes_context=True)
def leave_span(context: dict[str, Any], leave: Leave) -> str:
    """From when to when: whole days by the reader's clock with the last one included."""
    locale, zone = context["words"].locale, context["zone"]
    begin, end = (at.astimezone(ZoneInfo(zone.key)) for at in (leave.from_at, leave.until_at))
    if begin.time() == end.time() == time():
        days = (begin.date(), end.date() - timedelta(days=1))
        shown = [formats.day(locale, one) for one in days]
    else:
        shown = [f"{formats.day(locale, one.date())} {one:%H:%M}" for one in (begin, end)]
    return shown[0] if shown[0] == shown[1] else f"{shown[0]} – {shown[1]}"


@register.simple_tag(takes_context=True)
def until_day(context: dict[str, Any], at: datetime) -> str:
    """The last day before a moment if it is midnight by the reader's clock, else to the minute."""
    local = at.astimezone(ZoneInfo(context["zone"].key))
    if local.time() == time():
        return formats.day(context["words"].locale, local.date() - timedelta(days=1))
    return f"{formats.day(context['words'].locale, local.date())} {local:%H:%M}"


@register.filter
def week(hours: Sequence[str]) -> str:
    """The different hours of a week, without days off: 09:00-12:00, 13:30-18:00."""
    return " · ".join(", ".join(text.split()) for text, _ in groupby(hours) if text)


def _shown(words: Words, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "role":
        return words.text(f"web-role-{value}")
    if column == "weight":
        return shown_hundredths(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple | list) else str(value)
