"""The lines of somebody's day: `{% load day %}`, `{% lead_lines due %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from evenhand.leads.queries.today import DayLead
from evenhand.people.countdown import Countdown
from evenhand.web.escaping import escape
from evenhand.web.templatetags.moments import ago, at_hand, countdown
from evenhand.web.templatetags.signs import grade, icon, stage
from evenhand.wording.catalogue import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def lead_lines(
    context: dict[str, Any], lines: Iterable[tuple[DayLead, Countdown | None]]
) -> SafeString:
    """Leads as lines of a day, each with what is left until its first contact, or None.

    Written here: a rep has up to fifty of them before him whenever he looks, and the nodes of a
    template for each would be two thirds of what his day costs.
    """
    context = at_hand(context)
    why, call = (_act(context["words"], *one) for one in (_WHY, _CALL))
    return SafeString("".join([_line(context, lead, left, why, call) for lead, left in lines]))


# An icon, and the message beside it.
_WHY, _CALL = ("receipt-2", "web-today-why"), ("phone", "web-today-call")


def _act(words: Words, shown: str, said: str) -> str:
    return f"{icon(shown, 'sm')}{escape(words.text(said))}"


def _line(
    context: dict[str, Any], lead: DayLead, left: Countdown | None, why: str, call: str
) -> str:
    name, firm = escape(lead.name), ""
    if lead.name and lead.company_name:
        firm = f' <span class="lead-line-company">{escape(lead.company_name)}</span>'
    facts = "".join(
        [
            f"<span>{escape(fact)}</span>"
            for fact in (lead.product, lead.region, lead.source)
            if fact
        ]
    )
    acts = ""
    if lead.receipt_id:
        acts = f'<a class="btn btn-sm" href="/receipts/{lead.receipt_id}">{why}</a>'
    if lead.phone:
        kind = "btn btn-sm" if left is None else "btn btn-sm btn-primary"
        acts += (
            f' <a class="{kind}" href="tel:{escape(lead.phone)}">{call}'
            f'<span class="visually-hidden"> {name}</span></a>'
        )
    side = countdown(context, left) if left is not None else stage(context, lead.stage)
    return (
        '<li class="line lead-line" data-row><div class="lead-line-words">'
        f'<a class="lead-line-name" href="/leads/{lead.id}">'
        f"{name or escape(lead.company_name)}</a>{firm}"
        f' <span class="lead-line-facts">{grade(lead.grade)}{facts}'
        f"<span>{ago(context, lead.assigned_at)}</span></span></div>"
        f'<div class="lead-line-side">{side}'
        f' <span class="lead-line-acts">{acts}</span></div></li>'
    )
