"""Small signs on pages: `{% icon "phone" %}`, people, grades, states, stages.

Icons are read from the installed package and put into the page as SVG: nothing third-party is
committed, nothing is fetched. Where the package is not installed there is no picture, and the
words beside it remain.
"""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from evenhand.leads.models import OpportunityStage, Stage, State
from evenhand.wording.catalogue import Words

register = template.Library()

_NAME = re.compile(r"[a-z0-9-]+")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)

# The tone of a badge; `app.css` gives each tone its colors in light and dark.
STATE_TONES: dict[str, str] = {
    State.OWNED: "green",
    State.QUEUED: "orange",
    State.POOLED: "blue",
    State.CLOSED: "gray",
    State.MERGED: "gray",
    State.REJECTED: "red",
    State.UNTENDED: "gray",
}
STAGE_TONES: dict[str, str] = {
    Stage.NEW: "blue",
    Stage.CONTACTED: "cyan",
    Stage.QUALIFIED: "purple",
    Stage.CONVERTED: "green",
    Stage.LOST: "gray",
    OpportunityStage.DISCOVERY: "blue",
    OpportunityStage.PROPOSAL: "cyan",
    OpportunityStage.NEGOTIATION: "purple",
    OpportunityStage.WON: "green",
}
GRADE_TONES = {"A": "red", "B": "orange", "C": "blue", "D": "gray"}
_FACES = ("blue", "cyan", "purple", "green", "orange", "red")


# A page holds few different ones, and each many times; `typed` so that text that is taken for HTML
# is never answered with what was made of the same text.
_kept = lru_cache(maxsize=4_096, typed=True)


@register.simple_tag
@_kept
def icon(name: str, size: str = "") -> SafeString:
    """An outline icon; decoration only, so that readers of the screen pass it by."""
    drawing = _drawing(name)
    if not drawing:
        return SafeString("")
    kind = f"icon icon-{size}" if size else "icon"
    return mark_safe(
        f'<svg class="{kind}" viewBox="0 0 24 24" width="24" height="24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{drawing}</svg>'
    )


@register.simple_tag
@_kept
def person(name: str, user_id: int | None = None, note: str = "") -> SafeString:
    """A colleague: a letter in a circle, and the name as it is written."""
    face = _FACES[(user_id or sum(map(ord, name))) % len(_FACES)]
    return format_html(
        '<span class="person"><span class="face tone-{}" aria-hidden="true">{}</span>'
        '<span class="person-name">{}</span>{}</span>',
        face,
        initial(name),
        name,
        format_html('<span class="text-secondary">{}</span>', note) if note else "",
    )


@register.simple_tag
@_kept
def grade(value: str) -> SafeString | str:
    """A lead's grade as a badge."""
    if not value:
        return "—"
    tone = GRADE_TONES.get(value[:1].upper(), "gray")
    return format_html('<span class="badge tone-{} grade">{}</span>', tone, value)


@register.simple_tag(takes_context=True)
def state(context: dict[str, Any], value: str) -> SafeString:
    """Where an item is."""
    return badge(context["words"].text(f"web-state-{value}"), STATE_TONES.get(value, "gray"))


@register.simple_tag(takes_context=True)
def stage(context: dict[str, Any], value: str, kind: str = "lead") -> SafeString:
    """How far the work on it is; kind="opportunity" for a possible sale."""
    words: Words = context["words"]
    name = "opportunity-stage" if kind == "opportunity" else "stage"
    return badge(words.text(f"web-{name}-{value}"), STAGE_TONES.get(value, "gray"))


@register.simple_tag
@_kept
def badge(text: str, tone: str = "gray") -> SafeString:
    """A word in a colored field: gray, blue, cyan, green, orange, red, purple."""
    return format_html('<span class="badge tone-{}">{}</span>', tone, text)


def initial(name: str) -> str:
    """What stands in the circle: the family name's first character, or the first letter."""
    return name.strip()[:1].upper()


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    if not _NAME.fullmatch(name):
        return ""
    try:
        text = (settings.ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = _DRAWING.search(text)
    lines = found[1].split("\n") if found else []
    # The first line of each drawing is an empty square that only matters in drawing programs.
    return "".join(line.strip() for line in lines if 'd="M0 0h24v24H0z"' not in line)
