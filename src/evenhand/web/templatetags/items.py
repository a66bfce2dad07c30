"""Small parts of the pages of leads, accounts and opportunities."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from evenhand.leads.models import Lead, State
from evenhand.web.leads.columns import Column
from evenhand.web.templatetags.figures import NOTHING
from evenhand.web.templatetags.moments import ago, countdown, ending, moment
from evenhand.web.templatetags.signs import grade, person, stage, state
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
def due(context: dict[str, Any], lead: Lead) -> str:
    """How long until its first contact is due, or that it was made."""
    clock = context["left"].get(lead.pk)
    if clock is not None and lead.state == State.OWNED:
        return countdown(context, clock)
    if lead.contacted_at is None:
        return NOTHING
    words: Words = context["words"]
    return format_html('<span class="text-secondary">{}</span>', words.text("web-leads-contacted"))


@register.simple_tag(takes_context=True)
def lead_cells(context: dict[str, Any], lead: Lead, columns: Sequence[Column]) -> SafeString:
    """A lead's cells in these columns of the list of leads."""
    return SafeString("".join(_cell(context, lead, column) for column in columns))


def _cell(context: dict[str, Any], lead: Lead, column: Column) -> str:
    key, label = column.key, ""
    if key == "ends":  # on a phone it says what it is
        label = f' data-label="{conditional_escape(context["words"].text(column.words))}"'
    show = _CELLS.get(key)
    shown = (getattr(lead, key) or NOTHING) if show is None else show(context, lead)
    return f'<td class="{column.kind} cell-{key}"{label}>{conditional_escape(shown)}</td>'


def _owner(context: dict[str, Any], lead: Lead) -> SafeString:
    if lead.owner_id is None:
        return format_html('<span class="text-secondary">{}</span>', state(context, lead.state))
    return person(context["people"].name_of(lead.owner_id), lead.owner_id)


# Columns that show more than a text of the lead.
_CELLS: Mapping[str, Callable[[dict[str, Any], Lead], Any]] = {
    "stage": lambda context, lead: stage(context, lead.stage),
    "state": lambda context, lead: state(context, lead.state),
    "due": due,
    "ends": lambda context, lead: ending(context, context["ends"].get(lead.pk)),
    "grade": lambda context, lead: grade(lead.grade),
    "owner": _owner,
    "created": lambda context, lead: moment(context, lead.created_at),
    "active": lambda context, lead: ago(context, lead.active_at),
    "line": lambda context, lead: NOTHING if lead.line is None else lead.line.name,
    "score": lambda context, lead: bare_score(lead.score),
}


@register.simple_tag(takes_context=True)
def stage_words(context: dict[str, Any], value: str) -> str:
    """The name of a stage, without its color."""
    words: Words = context["words"]
    return words.text(f"web-stage-{value}")
