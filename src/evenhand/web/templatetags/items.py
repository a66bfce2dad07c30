"""Small parts of the pages of leads, accounts and opportunities."""

<<<<<<< HEAD
from collections.abc import Mapping
=======
from collections.abc import Callable, Mapping, Sequence
from html import escape
>>>>>>> 32f42330 (Write the rows of a list of leads without a template)
from typing import Any

from django import template

from evenhand.wording.catalogue import Words

register = template.Library()


@register.filter
def at_key(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds under a key that is known only here; None = nothing."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


<<<<<<< HEAD
=======
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
def lead_rows(context: dict[str, Any], leads: Sequence[Lead], columns: Sequence[Column]) -> str:
    """The rows of a list of leads, with a box to tick where `may_work`.

    Written here: a list is half of what is asked for, and nodes of a template for each of its
    cells would be half of what it costs.
    """
    words: Words = context["words"]
    shown = [_column(words, column) for column in columns]
    return SafeString("".join([_row(context, lead, shown) for lead in leads]))


_Shown = Callable[[dict[str, Any], Lead], Any]


def _column(words: Words, column: Column) -> tuple[str, _Shown]:
    """How its cells begin, and what stands in them."""
    label = ""
    if column.key == "ends":  # on a phone it says what it is
        label = f' data-label="{escape(words.text(column.words))}"'
    return f'<td class="{column.kind} cell-{column.key}"{label}>', _CELLS.get(column.key) or _plain(
        column.key
    )


def _plain(name: str) -> _Shown:
    return lambda context, lead: getattr(lead, name) or NOTHING


def _row(context: dict[str, Any], lead: Lead, columns: Sequence[tuple[str, _Shown]]) -> str:
    name, firm, path = lead.name or lead.company_name, "", f"/leads/{lead.pk}"
    if lead.name and lead.company_name:
        firm = f'<span class="who-firm">{escape(lead.company_name)}</span>'
    cells = "".join(
        [f"{start}{conditional_escape(show(context, lead))}</td>" for start, show in columns]
    )
    return (
        f"<tr data-row>{_tick(context, lead, name) if context['may_work'] else ''}"
        f'<td class="who"><a href="{path}" hx-get="{path}" hx-target="#drawer-body">'
        f"{escape(name or str(lead.pk))}</a>{firm}</td>{cells}</tr>"
    )


def _tick(context: dict[str, Any], lead: Lead, name: str) -> str:
    label = context["words"].text("web-leads-tick", name=name)
    return (
        '<td class="tick"><input class="form-check-input tick-one" type="checkbox" name="id"'
        f' value="{lead.pk}" form="several" aria-label="{escape(label)}"></td>'
    )


def _owner(context: dict[str, Any], lead: Lead) -> SafeString:
    if lead.owner_id is None:
        return format_html('<span class="text-secondary">{}</span>', state(context, lead.state))
    return person(context["people"].name_of(lead.owner_id), lead.owner_id)


# Columns that show more than a text of the lead.
_CELLS: Mapping[str, _Shown] = {
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


>>>>>>> 32f42330 (Write the rows of a list of leads without a template)
@register.simple_tag(takes_context=True)
def stage_words(context: dict[str, Any], value: str) -> str:
    """The name of a stage, without its color."""
    words: Words = context["words"]
    return words.text(f"web-stage-{value}")
