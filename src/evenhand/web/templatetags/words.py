"""`{% say "message-id" name=value %}`: a sentence of the catalogue, in the reader's language.

`{% say "message-id" as name %}` keeps it for later. A page says some two hundred; those without
parameters are found as they are written into the page.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from evenhand.wording import formats
from evenhand.wording.catalogue import Words

register = template.Library()


@register.tag
def say(parser: Parser, token: Token) -> Node:
    """The sentence with this id; numbers and texts are its parameters."""
    _, *bits = token.split_contents()
    kept_as = ""
    if len(bits) > 2 and bits[-2] == "as":
        kept_as = bits[-1]
        bits = bits[:-2]
    if not bits:
        raise template.TemplateSyntaxError("say: which sentence?")
    message = parser.compile_filter(bits.pop(0))
    params = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"say: {bits[0]!r} is no parameter; write name=value")
    return _Said(message, params, kept_as) if params or kept_as else _Plain(message)


class _Plain(Node):
    """A sentence without parameters."""

    def __init__(self, message: FilterExpression) -> None:
        self.message = message

    def render(self, context: Any) -> SafeString:
        words: Words = context["words"]
        return _escaped(words.locale, self.message.resolve(context))


class _Said(Node):
    """A sentence with parameters, or one that is kept for later."""

    def __init__(
        self, message: FilterExpression, params: dict[str, FilterExpression], kept_as: str
    ) -> None:
        self.message = message
        self.params = params
        self.kept_as = kept_as

    def render(self, context: Any) -> str:
        words: Words = context["words"]
        found = {name: value.resolve(context) for name, value in self.params.items()}
        text = words.text(
            self.message.resolve(context),
            **{name: _argument(words.locale, value) for name, value in found.items()},
        )
        if not self.kept_as:
            return conditional_escape(text)
        context[self.kept_as] = text
        return ""


def _argument(locale: str, value: object) -> str | int:
    """What a sentence is told: a day as people of the locale write it, else as it is."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return formats.day(locale, value)
    return str(value)


@cache
def _escaped(locale: str, message: str) -> SafeString:
    """A sentence as a page holds it: no more of them than the catalogue has."""
    return conditional_escape(Words(locale).text(message))
