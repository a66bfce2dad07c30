"""未分配: what nobody holds, why, what to do about it, and doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.engine.facts import ItemKind
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import Refused
from evenhand.routing.act_reasons import REASONS
from evenhand.routing.operations.give import assign
from evenhand.routing.queries import unassigned, unassigned_heaps
from evenhand.routing.retry import retry_all
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.marks import with_load
from evenhand.web.paging import asked_rows
from evenhand.wording.reasons import say

ITEM_PATHS = {
    ItemKind.LEAD: "/leads",
    ItemKind.ACCOUNT: "/accounts",
    ItemKind.OPPORTUNITY: "/opportunities",
}
KINDS = (ItemKind.LEAD, ItemKind.ACCOUNT, ItemKind.OPPORTUNITY)


@signed_in(Right.SEE_UNASSIGNED)
def waiting(request: HttpRequest) -> HttpResponse:
    """Heaps by reason with their remedy, and the items, dearest and oldest first."""
    actor = actor_in(request)
    kind = request.GET.get("kind", ItemKind.LEAD)
    kind = ItemKind(kind) if kind in KINDS else ItemKind.LEAD
    code = request.GET.get("why", "")[:80]
    rows = unassigned(actor, kind)
    if code:
        rows = rows.filter(why_unassigned__code=code)
    reps = reps_within(actor)
    names = [(rep.id, f"{rep.name} · {rep.team}" if rep.team else rep.name) for rep in reps]
    context = {
        "kind": kind,
        "kinds": [str(one.value) for one in KINDS],
        "heaps": unassigned_heaps(actor, kind),
        "page": asked_rows(rows, request.GET, size=50),
        "code": code,
        "choices": with_load(names, words_of(request)) if may(actor, Right.ASSIGN) else (),
        "names": {str(rep.id): rep.name for rep in reps},
        "reasons": REASONS["assign"],
        "item_path": ITEM_PATHS[kind],
        "may_assign": may(actor, Right.ASSIGN),
    }
    return render(request, "web/distribution/unassigned.html", context)


@require_POST
@signed_in(Right.SEE_UNASSIGNED)
def retry(request: HttpRequest) -> HttpResponse:
    """Deal what can be dealt now, without waiting for the next sweep."""
    demand(request.actor, Right.ASSIGN)  # type: ignore[attr-defined]
    found = retry_all()
    words = words_of(request)
    messages.info(request, words.text("web-unassigned-retried", count=found))
    return redirect("/unassigned")


@require_POST
@signed_in(Right.ASSIGN)
def give(request: HttpRequest) -> HttpResponse:
    """Give the chosen items to somebody by hand."""
    actor = actor_in(request)
    words = words_of(request)
    asked = request.POST
    kind = asked.get("kind", ItemKind.LEAD)
    chosen, to = numbers_of(asked.getlist("item")), number_of(asked.get("to"))
    if not chosen or to is None:
        messages.error(request, words.text("web-unassigned-choose"))
        return redirect(f"/unassigned?kind={kind}")
    done = 0
    for item_id in chosen:
        try:
            assign(
                kind,
                item_id,
                to=to,
                reason=asked.get("reason", ""),
                note=asked.get("note", ""),
                actor=actor,
            )
            done += 1
        except Refused as refusal:
            messages.error(request, say(words, refusal.why))
            break
    if done:
        messages.success(request, words.text("web-unassigned-given", count=done))
    return redirect(f"/unassigned?kind={kind}")
