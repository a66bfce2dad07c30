"""Publishing: note, owner, expected effect, review date; the second person; rolling back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.people.clocks import company_day
from evenhand.people.names import people_in
from evenhand.people.scope import Right
from evenhand.policies.models import Line, PublishRequest
from evenhand.policies.operations.lines import set_second_person
from evenhand.policies.operations.publishing import (
    NEW_RULES_DAYS,
    SETTLED_DAYS,
    Outcome,
    Promise,
    approve,
    owner_roles,
    publish_draft,
    roll_back,
    send_back,
    withdraw,
)
from evenhand.policies.operations.reviews import reviewed
from evenhand.policies.queries import document_of, live_version, studio_of, version_by_number
from evenhand.policies.rebase import changed_here
from evenhand.policies.refusals import CannotPublish
from evenhand.review.models import Comparison
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fresh import ask_again, fresh_login, typed_before
from evenhand.web.policies.studio import line_of, read_document
from evenhand.web.policies.studio_view import changes_of, findings_of
from evenhand.web.work.told import measured_note
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

_FIELDS = ("note", "owner", "expected", "review_on")


@signed_in(Right.EDIT_POLICY)
def publish_page(request: HttpRequest, line_id: int) -> HttpResponse:
    """Say what goes with the draft, and publish it or ask a second person."""
    line, words, actor = line_of(line_id), words_of(request), actor_in(request)
    state = studio_of(line, actor, timezone.now())
    if state.copy is None or not state.may_write or state.has_moved_on:
        # The studio says what is the matter, and what to do.
        return redirect(f"/policies/{line_id}/edit")
    draft = read_document(state.copy.text, line)
    if draft.document is None or draft.has_errors:
        messages.warning(request, words.text("web-studio-mend-first"))
        return redirect(f"/policies/{line_id}/edit")
    edition = state.copy.edition
    context = {
        "line": line,
        "edition": edition,
        "changes": changes_of(draft, state.live, words),
        "findings": findings_of(draft, words),
        "figures": _figures(line, draft.document, words),
        "is_first": state.live is None,
        "note": measured_note(state.copy.pk, words),
    }
    asked = number_of(request.POST.get("edition")) or edition
    return _publish(
        request, line, context, lambda said: publish_draft(line_id, asked, said, actor=actor)
    )


@signed_in(Right.EDIT_POLICY)
def roll_back_page(request: HttpRequest, line_id: int, number: int) -> HttpResponse:
    """Publish an old version's rules as a new version."""
    line, words, actor = line_of(line_id), words_of(request), actor_in(request)
    old, live = version_by_number(line, number), live_version(line)
    if old is None or live is None or old.pk == live.pk:
        raise Http404
    changes = [say(words, one) for one in changed_here(document_of(old), live)]
    context = {
        "line": line,
        "old": old,
        "changes": changes,
        "figures": _figures(line, document_of(old), words),
        "note": words.text("web-studio-back-note", number=number),
    }
    return _publish(
        request, line, context, lambda said: roll_back(line_id, number, said, actor=actor)
    )


def _publish(
    request: HttpRequest, line: Line, context: dict[str, Any], act: Callable[[Promise], Outcome]
) -> HttpResponse:
    words = words_of(request)
    before = typed_before(request)
    typed = {name: request.POST.get(name, before.get(name, "")) for name in _FIELDS}
    today = company_day(timezone.now())
    if not before and request.method != "POST":
        typed["note"] = context.get("note", "")
        typed["owner"] = str(actor_in(request).user_id)
        typed["review_on"] = (today + timedelta(days=NEW_RULES_DAYS)).isoformat()
        typed["expected"] = context["figures"]
    context |= {
        **typed,
        "owners": people_in(owner_roles()),
        "days": [
            (days, (today + timedelta(days=days)).isoformat())
            for days in (NEW_RULES_DAYS, SETTLED_DAYS)
        ],
        "earliest": (today + timedelta(days=1)).isoformat(),
    }
    if request.method != "POST":
        return render(request, "web/policies/publish.html", context)
    if not fresh_login(request):
        return ask_again(request, **typed)
    try:
        outcome = act(_promise(typed))
    except CannotPublish as error:
        context["refused"] = {"field": error.field, "said": say(words, error.why)}
        return render(request, "web/policies/publish.html", context, status=422)
    if outcome.version is not None:
        said = words.text("web-policies-published", number=outcome.version.number)
    else:
        said = words.text("web-studio-asked")
    messages.success(request, said)
    return redirect(f"/policies/{line.pk}")


@signed_in(Right.EDIT_POLICY)
def request_page(request: HttpRequest, line_id: int) -> HttpResponse:
    """What waits for a second person, in sentences: approve, send back, withdraw."""
    line, words, actor = line_of(line_id), words_of(request), actor_in(request)
    wish = studio_of(line, actor, timezone.now()).request
    if wish is None:
        messages.info(request, words.text("web-studio-nothing-waits"))
        return redirect(f"/policies/{line_id}")
    context: dict[str, Any] = _request_context(line, wish, words)
    context["is_mine"] = wish.asked_by_id == actor.user_id
    context["answer"] = request.POST.get("answer", "")
    if request.method != "POST":
        return render(request, "web/policies/request.html", context)
    if number_of(request.POST.get("request")) != wish.pk:
        # Another wish took the place of the one that was looked at.
        return redirect(f"/policies/{line_id}/request")
    act = request.POST.get("act")
    if act == "approve" and not fresh_login(request):
        return ask_again(request)
    try:
        said = _answer(act, wish, context["answer"], request, words)
    except CannotPublish as error:
        context["refused"] = {"field": error.field, "said": say(words, error.why)}
        return render(request, "web/policies/request.html", context, status=422)
    messages.success(request, said)
    return redirect(f"/policies/{line_id}{'/edit' if act == 'withdraw' else ''}")


def _answer(
    act: str | None, wish: PublishRequest, note: str, request: HttpRequest, words: Words
) -> str:
    actor = actor_in(request)
    if act == "approve":
        version = approve(wish.pk, actor=actor)
        return words.text("web-policies-published", number=version.number)
    if act == "back":
        send_back(wish.pk, note, actor=actor)
        return words.text("web-studio-sent-back")
    if act == "withdraw":
        withdraw(wish.pk, actor=actor)
        return words.text("web-studio-withdrawn")
    raise Http404


def _request_context(line: Line, wish: PublishRequest, words: Words) -> dict[str, Any]:
    document = policy_from_plain(wish.document)
    base = wish.base
    return {
        "line": line,
        "wish": wish,
        "changes": [say(words, one) for one in changed_here(document, base)],
        "figures": _figures(line, document, words),
    }


@require_POST
@signed_in(Right.EDIT_POLICY)
def review(request: HttpRequest, line_id: int) -> HttpResponse:
    """The live rules were looked at and stay."""
    words = words_of(request)
    try:
        reviewed(
            line_id,
            note=request.POST.get("note", ""),
            review_on=_day(request.POST.get("review_on", "")),
            owner_id=number_of(request.POST.get("owner")),
            actor=actor_in(request),
        )
    except CannotPublish as error:
        messages.error(request, say(words, error.why))
    else:
        messages.success(request, words.text("web-studio-reviewed"))
    return redirect(f"/policies/{line_id}")


@require_POST
@signed_in(Right.EDIT_COMPANY)
def second_person(request: HttpRequest, line_id: int) -> HttpResponse:
    """Whether publishing in this line takes a second person."""
    set_second_person(line_id, "needed" in request.POST, actor=actor_in(request))
    return redirect(f"/policies/{line_id}")


def _promise(typed: dict[str, str]) -> Promise:
    owner, day = number_of(typed["owner"]), _day(typed["review_on"])
    return Promise(typed["note"], owner, typed["expected"], day)


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def _figures(line: Line, document: PolicyDocument, words: Words) -> str:
    """What the newest finished comparison of these very rules found, as a sentence; "" = none."""
    finished = Comparison.objects.filter(line=line).exclude(finished_at=None).order_by("-pk")
    for row in finished.defer("result")[:_COMPARISONS_LOOKED_AT]:
        if _same_rules(row.document, document):
            found = Comparison.objects.values_list("result", flat=True).get(pk=row.pk)
            return _said(row, found, words) if found else ""
    return ""


_COMPARISONS_LOOKED_AT = 5


def _same_rules(stored: dict[str, Any], document: PolicyDocument) -> bool:
    """Whether both say the same, whatever number they will get."""
    other = policy_from_plain(stored)
    return other.model_copy(update={"version": document.version}).digest() == document.digest()


def _said(row: Comparison, result: dict[str, Any], words: Words) -> str:
    live, draft = result["live"], result["draft"]
    return words.text(
        "web-studio-figures",
        days=row.days,
        leads=row.leads or 0,
        apart=result["apart"],
        moved=result["moved"],
        assigned_before=live["assigned"],
        assigned_after=draft["assigned"],
    )
