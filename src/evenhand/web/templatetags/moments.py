"""Times on pages, by the reader's clock: `{% moment at %}`, `{% day on %}`, `{% ago at %}`.

`{% countdown c %}` shows working time that is left; the page's script lets it run.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.people.countdown import Countdown
from evenhand.web.escaping import escape
from evenhand.web.templatetags.figures import NOTHING
from evenhand.wording import formats
from evenhand.wording.catalogue import Words

register = template.Library()

_NEAR = timedelta(days=3)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# From so many hours on, minutes say nothing.
_MANY_HOURS = 10
_FIRST_GROUPED = 1_000
_NO_END = format_html('<span class="nothing">{}</span>', NOTHING)


def at_hand(context: Any, *names: str) -> dict[str, Any]:
    """What the rows of a list ask of a page's context, words and clock and what is named.

    Each asks for every cell: a context looks through all that the templates around put into it,
    one after another.
    """
    asked = {name: context.get(name) for name in ("words", *names)}
    return {**asked, "zone": ZoneInfo(context["zone"].key)}


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: datetime | None) -> str | SafeString:
    """Day and minute; the day is left out where it is today's."""
    if at is None:
        return NOTHING
    local = _local(context, at)
    shown = _clock(context, local)
    return _time(at, shown, _full(context, local))


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], on: date | None) -> str | SafeString:
    """A day. An instant is its day by the reader's clock."""
    if on is None:
        return NOTHING
    local = _local(context, on).date() if isinstance(on, datetime) else on
    shown = formats.day(context["words"].locale, local)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), shown)


@register.simple_tag(takes_context=True)
def ago(context: dict[str, Any], at: datetime | None) -> str | SafeString:
    """How long ago, up to a day; before that, on which day."""
    if at is None:
        return NOTHING
    local = _local(context, at)
    passed = timezone.now() - at
    words: Words = context["words"]
    if passed < timedelta(0):
        shown = _clock(context, local)
    elif passed >= _DAY:
        shown = formats.day(words.locale, local.date())
    elif passed >= _HOUR:
        shown = words.text("web-ago-hours", count=passed // _HOUR)
    else:
        shown = words.text("web-ago-minutes", count=passed // timedelta(minutes=1))
    return _time(at, shown, _full(context, local))


@register.simple_tag(takes_context=True)
def countdown(context: dict[str, Any], left: Countdown | None) -> str | SafeString:
    """Working time until something is due; what ran out says since when."""
    if left is None:
        return NOTHING
    kind = "is-over" if left.is_over else "is-soon" if left.is_soon else "is-calm"
    due = left.due_at.isoformat()
    changes = left.changes_at.isoformat() if left.changes_at is not None else ""
    full = escape(_full(context, _local(context, left.due_at)))
    return SafeString(
        f'<time class="countdown {kind}" datetime="{due}" data-due="{due}"'
        f' data-left="{left.seconds}" data-running="{"1" if left.is_running else ""}"'
        f' data-changes="{changes}" title="{full}">'
        f"{escape(countdown_words(context['words'], left))}</time>"
    )


@register.simple_tag(takes_context=True)
def ending(context: dict[str, Any], left: Countdown | None) -> str | SafeString:
    """When something runs out: by day and minute, and within three days as a countdown."""
    if left is None:
        return _NO_END
    if left.due_at - timezone.now() <= _NEAR:
        return countdown(context, left)
    local = _local(context, left.due_at)
    return _time(left.due_at, _clock(context, local), _full(context, local))


@register.simple_tag(takes_context=True)
def working_span(context: dict[str, Any], span: timedelta | None) -> str:
    """A length of working time: 2 小时 10 分."""
    if span is None:
        return NOTHING
    words: Words = context["words"]
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    form = "hours" if hours else "minutes"
    return words.text(f"web-working-{form}", hours=hours, minutes=minutes)


def countdown_words(words: Words, left: Countdown) -> str:
    """还剩 2 小时 10 分工作时间."""
    hours, minutes = divmod(abs(left.seconds) // 60, 60)
    is_whole = hours >= _MANY_HOURS or (hours and not minutes)
    form = "many" if is_whole else "hours" if hours else "minutes" if minutes else "now"
    side = "over" if left.is_over else "left"
    if hours >= _FIRST_GROUPED:  # as the language groups thousands
        return words.text(f"web-countdown-{side}-{form}", hours=hours, minutes=minutes)
    # A list shows forty, each another: to form a sentence takes a hundred times as long.
    pattern = _pattern(words.locale, f"{side}-{form}")
    return pattern.replace("{h}", str(hours)).replace("{m}", str(minutes))


@register.simple_tag(takes_context=True)
def countdown_pattern(context: dict[str, Any], name: str) -> str:
    """The same sentence with gaps, for the script that lets the clock run."""
    return _pattern(context["words"].locale, name)


@cache
def _pattern(locale: str, name: str) -> str:
    return Words(locale).text(f"web-countdown-{name}", hours="{h}", minutes="{m}")


def _local(context: dict[str, Any], at: datetime) -> datetime:
    zone: ZoneInfo = context["zone"]  # a page's stands for it, and no time takes that
    return at.astimezone(ZoneInfo(zone.key))


def _clock(context: dict[str, Any], local: datetime) -> str:
    words: Words = context["words"]
    clock = f"{local:%H:%M}"
    if local.date() == _local(context, timezone.now()).date():
        return words.text("web-today-at", clock=clock)
    return f"{formats.day(words.locale, local.date())} {clock}"


def _full(context: dict[str, Any], local: datetime) -> str:
    """For the hint: to the minute, with the offset of the clock."""
    shown = formats.day(context["words"].locale, local.date())
    return f"{shown} {local:%H:%M} ({formats.offset_of(local)})"


def _time(at: datetime, shown: str, full: str) -> SafeString:
    return SafeString(
        f'<time datetime="{at.isoformat()}" title="{escape(full)}">{escape(shown)}</time>'
    )
