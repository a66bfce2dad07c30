"""Merging two leads, accounts or people: choose the other, see both side by side, merge, undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import NotFound, item_for, visible
from evenhand.leads.masking import masked_email, masked_phone, masked_text, sees_contact_data
from evenhand.leads.merging import CONTACT, FIELDS, is_empty
from evenhand.leads.models import Contact, State
from evenhand.leads.queries.accounts import contact_of
from evenhand.leads.queries.duplicates import (
    accounts_like,
    contacts_beside,
    leads_like,
    merges_of,
)
from evenhand.leads.queries.titles import lead_title
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import Refused
from evenhand.routing.operations.merging import UNDO_DAYS, may_undo, merge, reach_for_merge
from evenhand.routing.operations.parting import undo_merge
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.asking import back
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

_MASKS = {"phone": masked_phone, "email": masked_email, "note": masked_text}
_PLACES = {ItemKind.LEAD.value: "/leads", ItemKind.ACCOUNT.value: "/accounts"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A field of both, side by side; `is_choice`: both say something, and not the same."""

    name: str
    label: str
    one: str
    other: str
    is_choice: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that might be the same."""

    id: int
    title: str
    owner: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.MERGE)
def merge_lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Merge a lead with another about the same person."""
    return _page(request, ItemKind.LEAD.value, lead_id, f"/leads/{lead_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.MERGE)
def merge_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Merge an account with another of the same firm."""
    return _page(request, ItemKind.ACCOUNT.value, account_id, f"/accounts/{account_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.MERGE)
def merge_contact(request: HttpRequest, account_id: int, contact_id: int) -> HttpResponse:
    """Merge two entries of one person at an account."""
    item_for(actor_in(request), ItemKind.ACCOUNT, account_id, Right.MERGE)
    contact_of(account_id, contact_id)
    return _page(request, CONTACT, contact_id, f"/accounts/{account_id}")


@require_POST
@signed_in(Right.MERGE)
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Put both back as they were."""
    done = undo_merge(merge_id, actor=actor_in(request))
    place = _PLACES.get(done.item_kind, "/accounts")
    return back(request, f"{place}/{done.merged_id}", "web-merge-undone")


def to_survivor(request: HttpRequest, kind: str, row: Any) -> HttpResponse | None:
    """Where somebody goes who opens what was merged; None = it stands by itself, or is all his."""
    if row.state != State.MERGED or row.merged_into_id is None:
        return None
    if not visible(actor_in(request), kind).filter(pk=row.merged_into_id).exists():
        return None
    messages.info(request, words_of(request).text("web-merge-lies-here", number=str(row.pk)))
    return HttpResponseRedirect(f"{_PLACES[kind]}/{row.merged_into_id}")


def merged_context(actor: Actor, kind: str, row: Any) -> dict[str, Any]:
    """What was merged into an item, and whether it can be taken apart by this person."""
    now = timezone.now()
    may_merge = may(actor, Right.MERGE)
    return {
        "merges": [(one, may_merge and may_undo(one, now=now)) for one in merges_of(kind, row.pk)],
        "may_merge": may_merge and row.state not in (State.MERGED, State.REJECTED),
    }


def _page(request: HttpRequest, kind: str, item_id: int, place: str) -> HttpResponse:
    actor, words = actor_in(request), words_of(request)
    row = reach_for_merge(actor, kind, item_id)
    asked = request.POST if request.method == "POST" else request.GET
    other_id = number_of(asked.get("with"))
    context: dict[str, Any] = {"kind": kind, "row": row, "place": place, "days": UNDO_DAYS}
    context["title"] = _title(kind, row)
    try:
        other = None if other_id is None else reach_for_merge(actor, kind, other_id)
    except NotFound:
        other = None
        context["error"] = words.text("web-merge-not-there", number=str(other_id))
    if other is None or other.pk == row.pk:
        context["candidates"] = _candidates(actor, kind, row)
        return render(request, "web/leads/merge.html", context, status=_status(context))
    context |= {
        "other": other,
        "other_title": _title(kind, other),
        "pairs": _pairs(actor, kind, row, other, words),
        "owners": _owners(row, other) if kind != CONTACT else [],
        "chosen": request.POST,
    }
    if request.method == "POST" and "keep" in request.POST:
        try:
            kept = _merge(request, kind, row, other, context["pairs"], actor)
        except Refused as refused:
            context["error"] = say(words, refused.why)
        else:
            target = place if kind == CONTACT else f"{_PLACES[kind]}/{kept}"
            return back(request, target, "web-merge-done", days=UNDO_DAYS)
    return render(request, "web/leads/merge.html", context, status=_status(context))


def _status(context: dict[str, Any]) -> int:
    return 422 if "error" in context else 200


def _merge(
    request: HttpRequest, kind: str, row: Any, other: Any, pairs: Sequence[Pair], actor: Actor
) -> int:
    keeps_other = request.POST.get("keep") == "other"
    survivor, merged = (other, row) if keeps_other else (row, other)
    right = "one" if keeps_other else "other"
    choices = [pair.name for pair in pairs if pair.is_choice]
    take = [name for name in choices if request.POST.get(f"field-{name}") == right]
    owner = number_of(request.POST.get("owner"))
    merge(kind, survivor.pk, merged.pk, take=take, owner_id=owner, actor=actor)
    return int(survivor.pk)


def _pairs(actor: Actor, kind: str, row: Any, other: Any, words: Words) -> list[Pair]:
    pairs = []
    for name, columns in FIELDS[kind].items():
        values = [_shown(actor, kind, name, one) for one in (row, other)]
        if not any(values):
            continue
        said = [not is_empty(one, columns[:1]) for one in (row, other)]
        differ = getattr(row, columns[0]) != getattr(other, columns[0])
        label = words.text(f"web-leads-field-{name}")
        pairs.append(Pair(name, label, values[0], values[1], all(said) and differ))
    return pairs


def _shown(actor: Actor, kind: str, name: str, row: Any) -> str:
    if name == "company":
        return row.company_name if kind == "lead" else getattr(row.company, "name", "")
    value = getattr(row, name)
    text = "" if value is None else str(value)
    holder = row.company if kind == CONTACT else row
    if name in _MASKS and (holder is None or not sees_contact_data(actor, holder)):
        return _MASKS[name](text)
    return text


def _owners(row: Any, other: Any) -> list[tuple[int, str]]:
    """Who may hold it then: a choice only where two people do now."""
    held = [one for one in (row, other) if one.state == State.OWNED]
    people = {one.owner_id: one.owner.user.name for one in held}
    return list(people.items()) if len(people) > 1 else []


def _candidates(actor: Actor, kind: str, row: Any) -> list[Candidate]:
    found: Any
    if kind == CONTACT:
        found = contacts_beside(row)
    else:
        found = leads_like(actor, row) if kind == "lead" else accounts_like(actor, row)
    return [
        Candidate(
            one.pk,
            _title(kind, one),
            "" if kind == CONTACT or one.owner is None else one.owner.user.name,
        )
        for one in found
    ]


def _title(kind: str, row: Any) -> str:
    if kind == "lead":
        return lead_title(row) or str(row.pk)
    return str(row.name or (row.title if isinstance(row, Contact) else "") or row.pk)
