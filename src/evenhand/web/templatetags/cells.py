"""The cells of the lists of leads, accounts and opportunities."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from evenhand.leads.models import Company, Lead, Opportunity, State
from evenhand.web.escaping import escape
from evenhand.web.leads.columns import Column
from evenhand.web.templatetags.figures import NOTHING, money, number
from evenhand.web.templatetags.moments import ago, at_hand, countdown, day, ending, moment
from evenhand.web.templatetags.signs import grade, person, stage, state
from evenhand.wording.catalogue import Words
from evenhand.wording.formats import score

register = template.Library()
Item = Lead | Company | Opportunity


@register.simple_tag(takes_context=True)
def cells(context: dict[str, Any], item: Item, columns: Sequence[Column]) -> SafeString:
    """A row's cells in these columns of its list.

    On a phone, where there are no heads, a cell names what its column needs named, and one
    without anything in it is left out.
    """
    shown = [_column(context, column, _CELLS[type(item)]) for column in columns]
    return SafeString("".join([_cell(context, item, one) for one in shown]))


class _Shown(NamedTuple):
    """A column as its cells show it."""

    classes: str
    label: str
    show: "_Show"


def _column(context: dict[str, Any], column: Column, shows: Mapping[str, "_Show"]) -> _Shown:
    label = ""
    if column.is_named:
        label = f' data-label="{escape(context["words"].text(column.words))}"'
    show = shows.get(column.key) or _plain(column.key)
    return _Shown(f"{column.kind} cell-{column.key}", label, show)


def _plain(name: str) -> "_Show":
    return lambda context, item: getattr(item, name) or NOTHING


def _cell(context: dict[str, Any], item: Item, column: _Shown) -> str:
    shown = column.show(context, item)
    blank = " blank" if shown == NOTHING else ""
    kind = shown.__class__
    if kind is not SafeString:
        shown = escape(shown) if kind is str else conditional_escape(shown)
    return f'<td class="{column.classes}{blank}"{column.label}>{shown}</td>'


@register.simple_tag(takes_context=True)
def lead_rows(
    context: dict[str, Any], leads: Sequence[Lead], columns: Sequence[Column]
) -> SafeString:
    """The rows of a list of leads, with a box to tick where `may_work`.

    Written here: lists are what is asked for most, and nodes of a template for each row would be a
    quarter of what they cost.
    """
    shown = [_column(context, column, _OF_LEAD) for column in columns]
    own = at_hand(context, "left", "ends", "people", "may_work")
    return SafeString("".join([_lead_row(own, lead, shown) for lead in leads]))


def _lead_row(context: dict[str, Any], lead: Lead, columns: Sequence[_Shown]) -> str:
    name, firm, path = lead.name or lead.company_name, "", f"/leads/{lead.pk}"
    if lead.name and lead.company_name:
        firm = f'<span class="who-firm">{escape(lead.company_name)}</span>'
    return (
        f"<tr data-row>{_tick(context, lead, name) if context['may_work'] else ''}"
        f'<td class="who"><a href="{path}" hx-get="{path}" hx-target="#drawer-body">'
        f"{escape(name or str(lead.pk))}</a>{firm}</td>"
        f"{''.join([_cell(context, lead, column) for column in columns])}</tr>"
    )


def _tick(context: dict[str, Any], lead: Lead, name: str) -> str:
    # With a gap: names are each another, and to form a sentence takes longer than all the row.
    label = context["words"].text("web-leads-tick", name="{n}").replace("{n}", name)
    return (
        '<td class="tick"><input class="form-check-input tick-one" type="checkbox" name="id"'
        f' value="{lead.pk}" form="several" aria-label="{escape(label)}"></td>'
    )


@register.simple_tag(takes_context=True)
def due(context: dict[str, Any], lead: Lead) -> str:
    """How long until its first contact is due, or that it was made."""
    clock = context["left"].get(lead.pk)
    if clock is not None and lead.state == State.OWNED:
        return countdown(context, clock)
    if lead.contacted_at is None:
        return NOTHING
    return _contacted(context["words"].locale)


@cache
def _contacted(locale: str) -> SafeString:
    said = Words(locale).text("web-leads-contacted")
    return format_html('<span class="text-secondary">{}</span>', said)


def _owner(context: dict[str, Any], item: Company | Opportunity) -> SafeString:
    if item.owner is None:
        return state(context, item.state)
    return person(item.owner.user.name, item.owner_id)


def _owner_of_lead(context: dict[str, Any], lead: Lead) -> SafeString:
    if lead.owner_id is None:
        return format_html('<span class="text-secondary">{}</span>', state(context, lead.state))
    return person(context["people"].name_of(lead.owner_id), lead.owner_id)


def _ends(context: dict[str, Any], item: Item) -> str:
    left = context["ends"].get(item.pk)
    return NOTHING if left is None else ending(context, left)


def _line(context: dict[str, Any], item: Item) -> str:
    return NOTHING if item.line is None else item.line.name


# Columns that show more than a text of the item.
_Show = Callable[[dict[str, Any], Any], Any]
_OF_LEAD: Mapping[str, _Show] = {
    "stage": lambda context, lead: stage(context, lead.stage),
    "state": lambda context, lead: state(context, lead.state),
    "due": due,
    "ends": _ends,
    "grade": lambda context, lead: grade(lead.grade),
    "owner": _owner_of_lead,
    "created": lambda context, lead: moment(context, lead.created_at),
    "active": lambda context, lead: ago(context, lead.active_at),
    "line": _line,
    "score": lambda context, lead: NOTHING if lead.score is None else score(lead.score),
}
_OF_ACCOUNT: Mapping[str, _Show] = {
    "owner": _owner,
    "open_count": lambda context, account: number(account.open_count),
    "ends": _ends,
    "parent": lambda context, account: NOTHING if account.parent is None else account.parent.name,
    "created": lambda context, account: day(context, account.created_at),
    "line": _line,
    "grade": lambda context, account: grade(account.grade),
    "employees": lambda context, account: number(account.employees),
}
_OF_OPPORTUNITY: Mapping[str, _Show] = {
    "stage": lambda context, one: stage(context, one.stage, "opportunity"),
    "value": lambda context, one: money(one.value, one.currency),
    "company": lambda context, one: NOTHING if one.company is None else one.company.name,
    "owner": _owner,
    "close": lambda context, one: day(context, one.close_on),
    "ends": _ends,
    "stage_at": lambda context, one: day(context, one.stage_at),
    "line": _line,
    "created": lambda context, one: day(context, one.created_at),
}
_CELLS: Mapping[type[Item], Mapping[str, _Show]] = {
    Lead: _OF_LEAD,
    Company: _OF_ACCOUNT,
    Opportunity: _OF_OPPORTUNITY,
}
