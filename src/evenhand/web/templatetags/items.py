"""Small parts of the pages of leads, accounts and opportunities."""

from collections.abc import Mapping
from typing import Any

from django import template

from evenhand.wording.catalogue import Words

register = template.Library()


@register.filter
def at_key(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds under a key that is known only here; None = nothing."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


@register.simple_tag(takes_context=True)
def stage_words(context: dict[str, Any], value: str) -> str:
    """The name of a stage, without its color."""
    words: Words = context["words"]
    return words.text(f"web-stage-{value}")
