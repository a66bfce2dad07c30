"""What a column of a file is, in words."""

from typing import Any

from django import template

from evenhand.sheets.columns.mapping import Column
from evenhand.wording.catalogue import Words, message_id

register = template.Library()


@register.simple_tag(takes_context=True)
def column_words(context: dict[str, Any], column: Column) -> str:
    """The role of a column, with its part: 省份."""
    words: Words = context["words"]
    part = f"-{column.part}" if column.part else ""
    return words.text(f"role-{message_id(column.role)}{part}")


@register.simple_tag
def minus(one: int, other: int) -> int:
    """The difference of two numbers."""
    return one - other
