"""`{% say "message-id" name=value %}`: a sentence of the catalogue, in the reader's language."""

from typing import Any

from django import template

from evenhand.wording.catalogue import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], message: str, **params: Any) -> str:
    """The sentence with this id; numbers and texts are its parameters."""
    words: Words = context["words"]
    return words.text(
        message,
        **{name: v if isinstance(v, str | int) else str(v) for name, v in params.items()},
    )
