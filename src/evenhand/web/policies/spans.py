"""Spans of time in words."""

from datetime import timedelta

from evenhand.engine.pool.spans import Span
from evenhand.wording.catalogue import Words

_MINUTE = timedelta(minutes=1)


def span_words(words: Words, span: Span) -> str:
    """10 天, 4 小时, 1 天 30 分钟."""
    hours, minutes = divmod(span.minutes, 60)
    parts = [("d", span.days), ("h", hours), ("m", minutes)]
    said = [words.text("web-span", unit=unit, count=count) for unit, count in parts if count]
    return " ".join(said) or words.text("web-span", unit="m", count=0)


def length_words(words: Words, length: timedelta, day: timedelta) -> str:
    """A length where a day lasts `day`."""
    days, rest = divmod(length, day)
    return span_words(words, Span(days, round(rest / _MINUTE)))
