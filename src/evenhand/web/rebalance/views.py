"""负荷调整: the fewest moves proposed, looked at, edited, approved, and undone within a day."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.engine.facts import ItemKind
from evenhand.people.access import visible_teams
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import NotFound, Refused
from evenhand.rebalance.access import rebalance_for
from evenhand.rebalance.models import MoveState, Rebalance, RebalanceMove, RebalanceState
from evenhand.rebalance.operations.approve import approve, may_undo, undo
from evenhand.rebalance.operations.propose import drop, edit_move, propose
from evenhand.rebalance.queries import load_lines, moves_of, rebalances, titles
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import asked_rows
from evenhand.wording.reasons import say

_MICRO = Decimal(1_000_000)
_PLACES = {
    ItemKind.LEAD: "/leads",
    ItemKind.ACCOUNT: "/accounts",
    ItemKind.OPPORTUNITY: "/opportunities",
    ItemKind.TASK: "/tasks",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_PEOPLE)
def listing(request: HttpRequest) -> HttpResponse:
    """Rebalances so far; sent back, a new one is proposed."""
    actor, words = actor_in(request), words_of(request)
    wrong: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        demand(actor, Right.TRANSFER)
        try:
            found = propose(number_of(request.POST.get("team")), actor=actor)
        except Refused as refusal:
            status, wrong = 422, {"field": refusal.field, "words": say(words, refusal.why)}
        else:
            return redirect(f"/rebalances/{found.pk}")
    context = {
        "page": asked_rows(rebalances(actor), request.GET),
        "proposes": may(actor, Right.TRANSFER),
        "teams": list(visible_teams(actor).order_by("path")),
        "team": number_of(request.POST.get("team")),
        "wrong": wrong,
    }
    return render(request, "web/rebalance/listing.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_PEOPLE)
def one(request: HttpRequest, rebalance_id: int) -> HttpResponse:
    """One of them: loads before and after, moves; sent back, edited, approved, dropped, undone."""
    actor, words = actor_in(request), words_of(request)
    found = rebalance_for(actor, rebalance_id)
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        return HttpResponseBadRequest()
    try:
        _ACTS[act](request, found.pk, actor)
    except Refused as refusal:
        wrong = {
            "field": refusal.field,
            "code": refusal.why.code,
            "words": say(words, refusal.why),
        }
        return _page(request, found, wrong, status=422 if refusal.field else 409)
    messages.success(request, words.text(f"web-rebalance-done-{act.replace('_', '-')}"))
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"/rebalances/{found.pk}{'?' if query else ''}{query}")


def _edit(request: HttpRequest, rebalance_id: int, actor: Actor) -> None:
    move_id = number_of(request.POST.get("move"))
    if move_id is None:
        raise NotFound("rebalance_move", 0)
    edit_move(rebalance_id, move_id, to=number_of(request.POST.get(f"to_{move_id}")), actor=actor)


def _approve(request: HttpRequest, rebalance_id: int, actor: Actor) -> None:
    approve(rebalance_id, actor=actor)


def _approve_rest(request: HttpRequest, rebalance_id: int, actor: Actor) -> None:
    approve(rebalance_id, leaving_out=True, actor=actor)


def _drop(request: HttpRequest, rebalance_id: int, actor: Actor) -> None:
    drop(rebalance_id, actor=actor)


def _undo(request: HttpRequest, rebalance_id: int, actor: Actor) -> None:
    undo(rebalance_id, actor=actor)


_ACTS: dict[str, Callable[[HttpRequest, int, Actor], None]] = {
    "edit": _edit,
    "approve": _approve,
    "approve_rest": _approve_rest,
    "drop": _drop,
    "undo": _undo,
}


def _page(
    request: HttpRequest,
    found: Rebalance,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    actor = actor_in(request)
    page = asked_rows(moves_of(found), request.GET)
    lines = load_lines(found)
    counting = found.moves.exclude(state=MoveState.OUT)
    acts = may(actor, Right.TRANSFER)
    is_open = found.state == RebalanceState.PROPOSED
    is_going = found.state in (RebalanceState.APPROVED, RebalanceState.UNDOING)
    waiting = counting.filter(state=MoveState.PROPOSED, why__isnull=False).count()
    context: dict[str, Any] = {
        "rebalance": found,
        "page": page,
        "rows": _rows(actor, page.rows, wrong or {}),
        "lines": [line for line in lines if line.gives or line.takes or line.is_over],
        "others": sum(not (line.gives or line.takes or line.is_over) for line in lines),
        "over_before": sum(line.before > line.cap for line in lines),
        "over_after": sum(line.is_over for line in lines),
        "count": counting.count(),
        "made": counting.filter(state=MoveState.DONE).count(),
        "live": counting.filter(cost__gt=1).count(),
        "is_open": is_open,
        "edits": is_open and acts,
        "undoes": acts and may_undo(found),
        "waiting": waiting,
        "is_going": is_going,
        # What waits for working hours is not looked for every moment.
        "is_moving": is_going and not waiting,
        "may_export": may(actor, Right.EXPORT) and page.rows,
        "export_path": f"/rebalances/{found.pk}/export",
        "wrong": wrong or {},
    }
    return render(request, "web/rebalance/one.html", context, status=status)


def _rows(actor: Actor, moves: list[RebalanceMove], wrong: dict[str, str]) -> list[dict[str, Any]]:
    """The moves of a page, each with what it is called and who else may take it."""
    named = titles(actor, moves)
    names = user_names({who for move in moves for who in move.receivers})
    return [
        {
            "move": move,
            "path": f"{_PLACES[ItemKind(move.item_kind)]}/{move.item_id}",
            "touch": _touch(move),
            "title": named.get((move.item_kind, move.item_id), ""),
            "field": f"to_{move.pk}",
            "wrong": wrong.get("words", "") if wrong.get("field") == f"to_{move.pk}" else "",
            "receivers": sorted(
                ((who, names[who]) for who in move.receivers if who in names),
                key=lambda pair: pair[1],
            ),
        }
        for move in moves
    ]


def _touch(move: RebalanceMove) -> str:
    """What is said of how far it was begun."""
    of = "task-" if move.item_kind == ItemKind.TASK else ""
    return f"web-rebalance-{of}{'live' if move.cost > 1 else 'untouched'}"


@require_POST
@signed_in(Right.EXPORT, Right.SEE_PEOPLE)
def take_out(request: HttpRequest, rebalance_id: int) -> HttpResponse:
    """The moves as a file: numbers of items, no customers."""
    actor, words = actor_in(request), words_of(request)
    found = rebalance_for(actor, rebalance_id)
    zone = zone_for(request)

    def column(name: str, format: NumberFormat = NumberFormat.TEXT) -> SheetColumn:
        return SheetColumn(words.text(f"web-rebalance-{name}"), format)

    columns = [
        column("kind"),
        column("item", NumberFormat.INTEGER),
        column("from"),
        column("to"),
        column("load", NumberFormat.DECIMAL),
        column("tasks", NumberFormat.INTEGER),
        column("touch"),
        column("state"),
        column("settled", NumberFormat.DATETIME),
    ]
    rows: list[list[Out]] = [
        [
            words.text(f"item-kind-{move.item_kind}"),
            move.item_id,
            move.from_rep.user.name,
            move.to_rep.user.name,
            Decimal(move.load) / _MICRO,
            move.tasks,
            words.text(_touch(move)),
            words.text(f"web-rebalance-move-{move.state}"),
            None if move.settled_at is None else move.settled_at.astimezone(zone),
        ]
        for move in moves_of(found)
    ]
    return figures_as_file(
        request, "rebalance.exported", columns, rows, name="rebalance",
        sheet=words.text("web-rebalance-title"), object_kind="rebalance", object_id=found.pk,
    )  # fmt: skip
