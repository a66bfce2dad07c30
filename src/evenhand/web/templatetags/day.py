"""The lines of somebody's day: `{% load day %}`, `{% lead_lines due %}`."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from evenhand.leads.queries.today import DayLead
from evenhand.people.countdown import Countdown
from evenhand.web.templatetags.moments import ago, countdown
from evenhand.web.templatetags.signs import grade, icon, stage

register = template.Library()


@register.simple_tag(takes_context=True)
def lead_lines(
    context: dict[str, Any], lines: Iterable[tuple[DayLead, Countdown | None]]
) -> SafeString:
    """Leads as lines of a day, each with what is left until its first contact, or None.

    Written here: a rep has up to fifty of them before him whenever he looks, and the nodes of a
    template for each would be two thirds of what his day costs.
    """
    return SafeString("".join([_line(context, lead, left) for lead, left in lines]))


def _line(context: dict[str, Any], lead: DayLead, left: Countdown | None) -> str:
    firm = ""
    if lead.name and lead.company_name:
        firm = f' <span class="lead-line-company">{escape(lead.company_name)}</span>'
    facts = "".join(
        [
            f"<span>{escape(fact)}</span>"
            for fact in (lead.product, lead.region, lead.source)
            if fact
        ]
    )
    side = countdown(context, left) if left is not None else stage(context, lead.stage)
    return (
        '<li class="line lead-line" data-row><div class="lead-line-words">'
        f'<a class="lead-line-name" href="/leads/{lead.id}">'
        f"{escape(lead.name or lead.company_name)}</a>{firm}"
        f' <span class="lead-line-facts">{grade(lead.grade)}{facts}'
        f"<span>{ago(context, lead.assigned_at)}</span></span></div>"
        f'<div class="lead-line-side">{side}'
        f' <span class="lead-line-acts">{_acts(context, lead, left)}</span></div></li>'
    )


def _acts(context: dict[str, Any], lead: DayLead, left: Countdown | None) -> str:
    words, acts = context["words"], ""
    if lead.receipt_id:
        acts = (
            f'<a class="btn btn-sm" href="/receipts/{lead.receipt_id}">{icon("receipt-2", "sm")}'
            f"{escape(words.text('web-today-why'))}</a>"
        )
    if lead.phone:
        kind = "btn btn-sm" if left is None else "btn btn-sm btn-primary"
        acts += (
            f' <a class="{kind}" href="tel:{escape(lead.phone)}">{icon("phone", "sm")}'
            f"{escape(words.text('web-today-call'))}"
            f'<span class="visually-hidden"> {escape(lead.name)}</span></a>'
        )
    return acts
