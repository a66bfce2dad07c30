"""The frame of a page: `{% same "title" %}` shows a block a second time."""

from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY

register = template.Library()


@register.simple_tag(takes_context=True)
def same(context: Any, block: str) -> str:
    """What a block of the page holds, again: the title is also the heading."""
    blocks = context.render_context[BLOCK_CONTEXT_KEY]
    found = blocks.get_block(block)
    return "" if found is None else str(found.render(context)).strip()
