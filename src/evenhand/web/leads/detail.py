"""One lead: as a page of its own, in the drawer beside the list, and its time line."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason_from_json
from evenhand.leads.access import item_for
from evenhand.leads.guidance import mentor_of
from evenhand.leads.models import Held, State
from evenhand.leads.operations.closing import is_lost
from evenhand.leads.operations.stages import OPEN_STAGES
from evenhand.leads.queries.leads import LeadFacts, lead_facts
from evenhand.leads.queries.options import owners_for
from evenhand.leads.queries.timeline import lines_of
from evenhand.leads.work import LOSSES, NOTE, OUTCOMES
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.people.snapshot import people_now
from evenhand.platform.prepared import one_plan
from evenhand.routing.act_reasons import REASONS
from evenhand.sheets.values.phones import parse_phone
from evenhand.sheets.values.problem import Problem
from evenhand.tasks.queries import tasks_of_item
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.clock import countdowns, endings
from evenhand.web.leads.keeping import keeping_part
from evenhand.web.leads.listing import words_for
from evenhand.web.leads.merging import merged_context, to_survivor
from evenhand.web.leads.moving import moving_part
from evenhand.web.leads.peace import peace_told
from evenhand.web.leads.region import region_told
from evenhand.web.leads.told import told
from evenhand.web.marks import with_load
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

PLACES = {
    ItemKind.LEAD.value: "/leads",
    ItemKind.ACCOUNT.value: "/accounts",
    ItemKind.OPPORTUNITY.value: "/opportunities",
}
_LEAD_FACTS = (
    *("title", "region", "industry", "product", "size", "employees", "language", "skill"),
    *("source", "campaign", "external_id"),
)


@require_safe
@signed_in(Right.SEE_ITEMS)
@one_plan()
def show_lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """A lead with its facts, its time line and what can be done with it."""
    actor, words = actor_in(request), words_of(request)
    facts = lead_facts(actor, lead_id)
    if (elsewhere := to_survivor(request, ItemKind.LEAD, facts.lead)) is not None:
        return elsewhere
    context = {
        **item_context(request, ItemKind.LEAD, facts.lead, words),
        **_lead_context(actor, facts, words),
    }
    is_beside = request.headers.get("HX-Target") == "drawer-body"
    return render(request, f"web/leads/{'beside' if is_beside else 'lead'}.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_time_line(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """A further page of an item's time line."""
    item = item_for(actor_in(request), kind, item_id)
    number = number_of(request.GET.get("page")) or 1
    context = {**_time_line(request, kind, item, words_of(request), number), "item": item}
    name = "time_line" if request.headers.get("HX-Request") else "time_line_page"
    return render(request, f"web/leads/{name}.html", context)


def item_context(request: HttpRequest, kind: str, item: Held, words: Words) -> dict[str, Any]:
    """What the pages of all kinds share: logging, acts by hand, the time line."""
    actor, now = actor_in(request), timezone.now()
    place = f"{PLACES[kind]}/{item.pk}"
    is_workable = may(actor, Right.WORK) and item.owner_id is not None
    return {
        "item": item,
        "owner_name": people_now(now).name_of(item.owner_id),
        "kind": str(kind),
        "place": place,
        "is_mine": item.owner_id is not None and item.owner_id == actor.user_id,
        "channels": _channels(words.locale) if is_workable else (),
        "entry_key": _entry_key,
        "acts": _acts(actor, item, words),
        "colleagues": _colleagues(actor, kind, item, words),
        "why_unassigned": _why(item, words),
        **keeping_part(actor, kind, item, words),
        **moving_part(actor, kind, item, words),
        "mentor": mentor_of(kind, item),
        "todos": tasks_of_item(actor, kind, item.pk),
        "may_add_todo": may(actor, Right.WORK) and (actor.is_rep or may(actor, Right.ASSIGN)),
        "ends": endings(kind, [item], now).get(item.pk),
        "peace": peace_told(actor, kind, item, words),
        "lost": _lost(actor, kind, item, words),
        **(merged_context(actor, kind, item) if kind != ItemKind.OPPORTUNITY else {}),
        **_time_line(request, kind, item, words, 1),
    }


def _colleagues(actor: Actor, kind: str, item: Held, words: Words) -> Sequence[tuple[int, str]]:
    """Who may be given the item, each with his load and where it would lead."""
    if not may(actor, Right.TRANSFER):
        return []
    stage = getattr(item, "stage", "key" if getattr(item, "is_key_account", False) else "other")
    others = [(pk, name) for pk, name in owners_for(actor) if pk != item.owner_id]
    return with_load(others, words, kind=kind, stage=stage, line_id=item.line_id)


def _lead_context(actor: Actor, facts: LeadFacts, words: Words) -> dict[str, Any]:
    lead, now = facts.lead, timezone.now()
    is_open = lead.state == State.OWNED and may(actor, Right.WORK)
    shown = [(f"web-leads-field-{n.replace('_', '-')}", getattr(lead, n)) for n in _LEAD_FACTS]
    return {
        "lead": lead,
        "facts": facts,
        "collector_name": people_now(now).name_of(lead.collected_by_id),
        "left": countdowns([lead], now).get(lead.pk),
        "shown_facts": [(label, value) for label, value in shown if value not in ("", None)],
        "phone_flag": _phone_flag(lead.phone, words) if facts.sees_contact_data else "",
        "region_told": region_told(lead, words),
        "own_fields": [(_own_words(n, words), v) for n, v in sorted(lead.extra.items())],
        "is_workable": is_open,
        "may_edit": may(actor, Right.WORK) and lead.state != State.CLOSED,
        "may_erase": may(actor, Right.ERASE),
        "stages": words_for(words, "web-stage", OPEN_STAGES),
        "losses": words_for(words, "web-leads-loss", LOSSES),
        "lost_why": _loss_words(words, lead.close_reason),
    }


def _lost(actor: Actor, kind: str, item: Any, words: Words) -> dict[str, Any] | None:
    """Of something lost: why, when it comes back, and whether that may be changed."""
    if kind == ItemKind.OPPORTUNITY or not is_lost(kind, item):
        return None
    why = item.close_reason if kind == ItemKind.LEAD else item.lost_reason
    return {
        "why": _loss_words(words, why),
        "revive_on": item.revive_on,
        "may_change": may(actor, Right.WORK),
    }


def _phone_flag(phone: str, words: Words) -> str:
    """Why a phone identifies nobody and cannot be called as it stands; "" if it can."""
    found = parse_phone(phone) if phone else None
    return say(words, found.reason) if isinstance(found, Problem) else ""


def _loss_words(words: Words, why: str) -> str:
    if not why:
        return ""
    return words.text(f"web-leads-loss-{why.replace('_', '-')}") if why in LOSSES else why


@dataclass(frozen=True, slots=True)
class _Channel:
    """Of two taps the first, and what the second may say."""

    key: str
    words: str
    outcomes: tuple[tuple[str, str], ...]
    is_note: bool


@cache
def _channels(locale: str) -> tuple[_Channel, ...]:
    words = Words(locale)
    return tuple(
        _Channel(
            key=channel,
            words=words.text(f"web-leads-channel-{channel}"),
            outcomes=words_for(words, "web-leads-outcome", outcomes),
            is_note=channel == NOTE,
        )
        for channel, outcomes in OUTCOMES.items()
    )


def _entry_key() -> str:
    """Of each form that logs something its own, so that twice is once."""
    return secrets.token_urlsafe(15)


@dataclass(frozen=True, slots=True)
class _Act:
    """An act by hand, as it is offered."""

    name: str
    words: str
    confirm: str
    reasons: tuple[tuple[str, str], ...]
    chooses: bool  # to whom
    is_grave: bool


@cache
def _act(name: str, locale: str) -> _Act:
    words = Words(locale)
    return _Act(
        name=name,
        words=words.text(f"web-leads-act-{name}"),
        confirm=words.text(f"web-leads-act-{name}-confirm"),
        reasons=words_for(words, f"act-reason-{name}", REASONS[name]),
        chooses=name in ("transfer", "assign"),
        is_grave=name == "void",
    )


def _acts(actor: Actor, item: Held, words: Words) -> tuple[_Act, ...]:
    """Acts by hand that fit the item as it is."""
    is_mine = item.owner_id is not None and item.owner_id == actor.user_id
    is_over = item.state in (State.CLOSED, State.MERGED, State.REJECTED)
    possible = {
        "return": item.state == State.OWNED and is_mine and may(actor, Right.RETURN),
        "transfer": item.state == State.OWNED and may(actor, Right.TRANSFER),
        "assign": item.state in (State.QUEUED, State.UNTENDED) and may(actor, Right.ASSIGN),
        "void": not is_over and may(actor, Right.VOID),
    }
    return tuple(_act(name, words.locale) for name, fits in possible.items() if fits)


def _why(item: Held, words: Words) -> str:
    """The typed reason why nobody has it, in words."""
    told_why = item.why_unassigned
    if item.state != State.QUEUED or not isinstance(told_why, dict):
        return ""
    return say(words, reason_from_json(told_why))


def _time_line(
    request: HttpRequest, kind: str, item: Held, words: Words, number: int
) -> dict[str, Any]:
    line = lines_of(actor_in(request), kind, item, number=number)
    return {
        "lines": told(words, line.entries),
        "next_page": number + 1 if line.has_more else None,
        "time_line_place": f"{PLACES[kind]}/{item.pk}/timeline",
    }


def _own_words(name: str, words: Words) -> str:
    """What forms keep with a lead by its word, a company's own field by its name."""
    message = f"web-leads-own-{name.replace('_', '-')}"
    return words.text(message) if name.isidentifier() and words.has(message) else name
