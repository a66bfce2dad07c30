"""The form by which rows leave a page as a file: one for every page that has one."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from evenhand.exports.reasons import EXPORT_REASONS
from evenhand.sheets.writing.one_table import FORMATS

register = template.Library()


@register.simple_block_tag(takes_context=True)
def export_form(
    context: dict[str, Any],
    content: str,
    action: str,
    count: int | None = None,
    is_list: bool = False,
    is_own: bool = False,
    is_up: bool = False,
    formats: str = "xlsx csv",
) -> SafeString:
    """`{% export_form "/leads/export" %}…{% endexport_form %}`: fields of the page's own inside.

    `count` rows are told; `is_list` offers the columns; `is_own` asks for no reason, as figures are
    about oneself; `is_up` opens it above the button.
    """
    request = context["request"]
    words = context["words"]
    shown = {
        "inside": mark_safe(content),
        "action": action,
        "count": count,
        "is_list": is_list,
        "is_own": is_own,
        "is_up": is_up,
        "formats": [one for one in formats.split() if one in FORMATS],
        "whys": [(one, words.text(f"web-exports-reason-{one}")) for one in EXPORT_REASONS],
    }
    return mark_safe(render_to_string("web/exports/form.html", shown, request))
