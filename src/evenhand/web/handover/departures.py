"""离职交接: the sheet of somebody who leaves; receivers accept on it, managers offer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.handover.access import departure_for
from evenhand.handover.belongings import KINDS
from evenhand.handover.models import WAITING, Departure, DepartureState, LineState
from evenhand.handover.operations.by_hand import MOST_COUNTED, add_by_hand
from evenhand.handover.operations.departure import (
    MOST_AT_ONCE,
    answer,
    cancel_departure,
    leave_out,
    offer,
)
from evenhand.handover.queries import lines_of, progress_of, titles
from evenhand.handover.refusals import refuse
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import Refused
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import message_id
from evenhand.wording.reasons import say

_MICRO = Decimal(1_000_000)
_MOST_ROWS = 50_000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_ITEMS)
def departure(request: HttpRequest, departure_id: int) -> HttpResponse:
    """The sheet; sent back, lines are offered, accepted, declined, left out, or it is canceled."""
    actor, words = actor_in(request), words_of(request)
    found = departure_for(actor, departure_id)
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        return HttpResponseBadRequest()
    try:
        count = _ACTS[act](request, found, actor)
    except Refused as refusal:
        wrong = {"field": refusal.field, "words": say(words, refusal.why)}
        return _page(request, found, wrong, status=422 if refusal.field else 409)
    done = f"web-handover-done-{message_id(act)}"
    messages.success(request, words.text(done, count=count))
    return redirect(f"/handover/departures/{found.pk}")


def _offer(request: HttpRequest, found: Departure, actor: Actor) -> int:
    to = numbers_of(request.POST.getlist("to"))
    return offer(found.pk, _chosen(request, found, actor), to=to, actor=actor)


def _accept(request: HttpRequest, found: Departure, actor: Actor) -> int:
    lines = _chosen(request, found, actor, offered=True)
    return answer(found.pk, lines, accepts=True, actor=actor)


def _decline(request: HttpRequest, found: Departure, actor: Actor) -> int:
    lines = _chosen(request, found, actor, offered=True)
    return answer(found.pk, lines, accepts=False, actor=actor)


def _leave_out(request: HttpRequest, found: Departure, actor: Actor) -> int:
    return leave_out(found.pk, _chosen(request, found, actor), actor=actor)


def _cancel(request: HttpRequest, found: Departure, actor: Actor) -> int:
    cancel_departure(found.pk, actor=actor)
    return 0


def _add(request: HttpRequest, found: Departure, actor: Actor) -> int:
    said = request.POST.get("count", "").strip()
    count = number_of(said)
    if said and count is None:
        raise refuse("handover.count", field="count", limit=MOST_COUNTED)
    add_by_hand(found.pk, request.POST.get("title", ""), count=count, actor=actor)
    return 1


_ACTS: dict[str, Callable[[HttpRequest, Departure, Actor], int]] = {
    "offer": _offer,
    "accept": _accept,
    "decline": _decline,
    "leave_out": _leave_out,
    "add": _add,
    "cancel": _cancel,
}


def _chosen(
    request: HttpRequest, found: Departure, actor: Actor, *, offered: bool = False
) -> tuple[int, ...]:
    """The lines that were ticked; "all": the first 200 of those that the filter shows and wait."""
    if request.POST.get("all") != "yes":
        return numbers_of(request.POST.getlist("line"))
    rows = lines_of(actor, found, kind=_kind(request)).filter(state__in=WAITING)
    if offered:
        rows = rows.filter(state=LineState.OFFERED, receiver_id=actor.user_id)
    elif not request.POST.get("again"):
        rows = rows.exclude(state=LineState.OFFERED)
    return tuple(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in KINDS else ""


def _page(
    request: HttpRequest,
    found: Departure,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    actor, words = actor_in(request), words_of(request)
    state = request.GET.get("state", "")
    state = state if state in LineState.values else ""
    page = asked_rows(lines_of(actor, found, kind=_kind(request), state=state), request.GET)
    is_open = found.state == DepartureState.OPEN
    mine = lines_of(actor, found).filter(receiver_id=actor.user_id, state=LineState.OFFERED)
    runs = is_open and _runs(actor, found)
    named = titles(actor, [(one.kind, one.item_id) for one in page.rows])
    context: dict[str, Any] = {
        "departure": found,
        "page": page,
        "rows": [(one, one.title or named.get((one.kind, one.item_id), "")) for one in page.rows],
        "progress": progress_of(actor, found),
        "kind": _kind(request),
        "state": state,
        "kinds": [(one, words.text(f"web-handover-kind-{message_id(one)}")) for one in KINDS],
        "states": [(one, words.text(f"web-handover-line-{one}")) for one in LineState.values],
        "is_open": is_open,
        "runs": runs,
        "adds": is_open and (runs or actor.user_id == found.rep_id),
        "typed": request.POST if wrong else {},
        "mine": mine.count() if is_open else 0,
        "people": [one for one in reps_within(actor) if one.id != found.rep_id] if runs else [],
        "export_path": f"/handover/departures/{found.pk}/export",
        "may_export": may(actor, Right.EXPORT) and _sees(actor, found),
        "chosen": numbers_of(request.POST.getlist("line")),
        "chosen_to": numbers_of(request.POST.getlist("to")),
        "actor_id": actor.user_id,
        "wrong": wrong or {},
    }
    return render(request, "web/handover/departure.html", context, status=status)


def _sees(actor: Actor, found: Departure) -> bool:
    return visible_people(actor).filter(pk=found.rep_id).exists()


def _runs(actor: Actor, found: Departure) -> bool:
    is_his = actor.user_id == found.rep_id
    return not is_his and may(actor, Right.TRANSFER) and _sees(actor, found)


@require_POST
@signed_in(Right.EXPORT, Right.SEE_PEOPLE)
def take_out(request: HttpRequest, departure_id: int) -> HttpResponse:
    """The sheet as a file: numbers of items, no customers."""
    actor, words = actor_in(request), words_of(request)
    found = departure_for(actor, departure_id)
    zone = zone_for(request)

    def column(name: str, format: NumberFormat = NumberFormat.TEXT) -> SheetColumn:
        return SheetColumn(words.text(f"web-handover-{name}"), format)

    columns = [
        column("kind"),
        column("item", NumberFormat.INTEGER),
        column("title"),
        column("count", NumberFormat.INTEGER),
        column("points", NumberFormat.DECIMAL),
        column("receiver"),
        column("state"),
        column("settled", NumberFormat.DATETIME),
    ]
    rows: list[list[Out]] = [
        [
            words.text(f"web-handover-kind-{message_id(one.kind)}"),
            one.item_id,
            one.title,
            one.count,
            Decimal(one.points) / _MICRO,
            "" if one.receiver is None else one.receiver.user.name,
            words.text(f"web-handover-line-{one.state}"),
            None if one.settled_at is None else one.settled_at.astimezone(zone),
        ]
        for one in lines_of(actor, found)[:_MOST_ROWS]
    ]
    return figures_as_file(
        request, "departure.exported", columns, rows, name="departure",
        sheet=words.text("web-handover-departure"), object_kind="person", object_id=found.rep_id,
        data={"departure": found.pk},
    )  # fmt: skip
