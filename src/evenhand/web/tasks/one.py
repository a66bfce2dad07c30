"""The page of one to-do, and everything that is done with it from there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from evenhand.leads.queries.options import owners_for
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.antivirus import Unscanned, content_of
from evenhand.platform.clock import now
from evenhand.routing.act_reasons import REASONS as ACT_REASONS
from evenhand.tasks.access import photos_of, task_for
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.doing import complete, edit, reopen, reschedule
from evenhand.tasks.operations.ending import REASONS, cancel, skip
from evenhand.tasks.operations.giving import BACK_REASONS, assign, give_back, offer, transfer
from evenhand.tasks.operations.photos import MOST_BYTES, MOST_PHOTOS, add_photo, check_size
from evenhand.tasks.queries import gives_back
from evenhand.tasks.refusals import CannotDo
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.leads.asking import back
from evenhand.web.tasks.asking import moment_typed
from evenhand.web.tasks.shown import rows_of
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """A to-do: what is to be done for whom by when, and what can be done with it."""
    return _page(request, task_id, {})


def _page(
    request: HttpRequest, task_id: int, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    actor, words = actor_in(request), words_of(request)
    task = task_for(actor, task_id)
    (row,) = rows_of(actor, [task], now())
    context = {
        "row": row,
        "task": task,
        "checklist": list(enumerate(task.checklist)),
        "place": f"/tasks/{task_id}/act",
        "photos": photos_of(actor, task_id),
        "photo_megabytes": MOST_BYTES // 1_000_000,
        "most_photos": MOST_PHOTOS,
        **_acts(actor, task, words),
        **more,
    }
    beside = request.headers.get("HX-Target") == "drawer-body"
    return render(
        request, f"web/tasks/{'beside' if beside else 'task'}.html", context, status=status
    )


def _acts(actor: Actor, task: Task, words: Words) -> dict[str, Any]:
    """Which acts fit the to-do as it is, with their reasons and people."""
    is_mine = task.owner_id is not None and task.owner_id == actor.user_id
    is_open = task.state == TaskState.OPEN
    is_live = task.state in (TaskState.OPEN, TaskState.OFFERED)
    gives, works = may(actor, Right.ASSIGN), may(actor, Right.WORK)
    moves = is_live and gives and (task.owner_id is None or may(actor, Right.TRANSFER))
    return {
        "may_do": is_mine and is_open and works,
        "may_reopen": is_mine and works and task.state == TaskState.DONE,
        "may_change": is_live and works and (is_mine or gives),
        "may_claim": task.state == TaskState.OFFERED and actor.is_rep and may(actor, Right.CLAIM),
        "may_offer": is_open and gives,
        "may_move": moves,
        "may_cancel": is_live and gives,
        "may_give_back": is_mine
        and is_open
        and may(actor, Right.RETURN)
        and gives_back(task.line_id),
        "people": owners_for(actor) if moves else (),
        "transfer_reasons": _said(words, "act-reason-transfer", ACT_REASONS["transfer"]),
        "end_reasons": _said(words, "web-tasks-why", REASONS),
        "back_reasons": _said(words, "web-tasks-why", BACK_REASONS),
    }


def _said(words: Words, start: str, keys: Any) -> list[tuple[str, str]]:
    return [(key, words.text(f"{start}-{message_id(key)}")) for key in keys]


@require_POST
@signed_in(Right.SEE_ITEMS)
def act(request: HttpRequest, task_id: int) -> HttpResponse:
    """One act; where it is refused the page comes again with what was typed and the reason."""
    name = request.POST.get("act", "")
    found = _ACTS.get(name)
    if found is None:
        return HttpResponseBadRequest()
    try:
        found(request, task_id, actor_in(request))
    except (CannotDo, Unscanned) as refused:
        more = {
            "refused": say(words_of(request), refused.why),
            "refused_act": name,
            "typed": request.POST,
        }
        return _page(request, task_id, more, status=422)
    place = "/tasks" if name in ("give_back", "offer") else f"/tasks/{task_id}"
    return back(request, place, f"web-tasks-done-{message_id(name)}")


def _done(request: HttpRequest, task_id: int, actor: Actor) -> None:
    # Photos stay also where something else is missing: a form cannot keep them.
    _photos(request, task_id, actor)
    sent = request.POST
    ticked = set(numbers_of(sent.getlist("ticked"))) if "checklist" in sent else None
    complete(
        task_id,
        result=sent.get("result", ""),
        link=sent.get("link", ""),
        quantity=number_of(sent.get("quantity")),
        minutes=number_of(sent.get("minutes")),
        ticked=ticked,
        seen=number_of(sent.get("seen")),
        actor=actor,
    )


def _photos(request: HttpRequest, task_id: int, actor: Actor) -> None:
    for file in request.FILES.getlist("photo")[: MOST_PHOTOS + 1]:
        check_size(file.size)
        if file.size:
            add_photo(task_id, content_of(file, field="photo"), actor=actor)


def _reopen(request: HttpRequest, task_id: int, actor: Actor) -> None:
    reopen(task_id, actor=actor)


def _time(request: HttpRequest, task_id: int, actor: Actor) -> None:
    due_at = moment_typed(request.POST.get("due_at", ""), zone_for(request))
    seen = number_of(request.POST.get("seen"))
    reschedule(task_id, due_at=due_at or now(), seen=seen, actor=actor)


def _edit(request: HttpRequest, task_id: int, actor: Actor) -> None:
    title, note = request.POST.get("title", ""), request.POST.get("note", "")
    edit(task_id, title=title, note=note, seen=number_of(request.POST.get("seen")), actor=actor)


def _skip(request: HttpRequest, task_id: int, actor: Actor) -> None:
    why, note = _why(request)
    skip(task_id, why=why, note=note, actor=actor)


def _cancel(request: HttpRequest, task_id: int, actor: Actor) -> None:
    why, note = _why(request)
    cancel(task_id, why=why, note=note, actor=actor)


def _give_back(request: HttpRequest, task_id: int, actor: Actor) -> None:
    why, note = _why(request)
    give_back(task_id, why=why, note=note, actor=actor)


def _offer(request: HttpRequest, task_id: int, actor: Actor) -> None:
    offer(task_id, seen=number_of(request.POST.get("seen")), actor=actor)


def _move(request: HttpRequest, task_id: int, actor: Actor) -> None:
    why, note = _why(request)
    to, seen = number_of(request.POST.get("to")) or 0, number_of(request.POST.get("seen"))
    if task_for(actor, task_id).owner_id is None:
        assign(task_id, to=to, why=why, note=note, seen=seen, actor=actor)
    else:
        transfer(task_id, to=to, why=why, note=note, seen=seen, actor=actor)


def _why(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("reason", ""), request.POST.get("note_why", "").strip()[:500]


_ACTS: dict[str, Callable[[HttpRequest, int, Actor], None]] = {
    "done": _done,
    "photo": _photos,
    "reopen": _reopen,
    "time": _time,
    "edit": _edit,
    "skip": _skip,
    "cancel": _cancel,
    "give_back": _give_back,
    "offer": _offer,
    "move": _move,
}
