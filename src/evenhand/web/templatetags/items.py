"""Small parts of the pages of leads, accounts and opportunities."""

from collections.abc import Mapping
from typing import Any

from django import template

from evenhand.web.templatetags.figures import NOTHING
from evenhand.wording.catalogue import Words
from evenhand.wording.formats import score

register = template.Library()


@register.filter
def at_key(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds under a key that is known only here; None = nothing."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


@register.simple_tag
def bare_score(hundredths: int | None) -> str:
    """A lead's score, for a column whose head says what it is."""
    return NOTHING if hundredths is None else str(score(hundredths))


@register.simple_tag(takes_context=True)
def stage_words(context: dict[str, Any], value: str) -> str:
    """The name of a stage, without its color."""
    words: Words = context["words"]
    return words.text(f"web-stage-{value}")
