"""To-dos (待办) and the task market: list, make, finish, move, claim."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.acts import act_of
from evenhand.api.auth import actor_of
from evenhand.api.errors import words_of
from evenhand.api.limits import spend_claim
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.shared import Why
from evenhand.api.schemas.tasks import (
    BackIn,
    ClaimIn,
    ClaimOut,
    DoneIn,
    ManyIn,
    ManyOut,
    MarketsOut,
    TaskAssignIn,
    TaskClaimsOut,
    TaskIn,
    TaskOut,
    TasksOut,
    TasksWanted,
    TickIn,
    TimeIn,
    WhyIn,
    market_out,
    task_out,
)
from evenhand.people.clocks import company_zone
from evenhand.tasks.access import task_for
from evenhand.tasks.asked import task_filter
from evenhand.tasks.making import Wish
from evenhand.tasks.market import market
from evenhand.tasks.models import Task
from evenhand.tasks.operations.create import check_filter, create, create_for_filter
from evenhand.tasks.operations.doing import complete, reopen, reschedule, tick
from evenhand.tasks.operations.ending import cancel, skip
from evenhand.tasks.operations.giving import assign, claim, give_back, offer
from evenhand.tasks.queries import list_tasks
from evenhand.wording.reasons import say

router = Router(tags=["tasks"])
_PAGE = 50

_act = act_of(router)


def _now(request: HttpRequest, task: Task) -> Status[TaskOut]:
    """A to-do as it is after an act."""
    found = Task.objects.select_related("owner__user").get(pk=task.pk)
    return Status(200, task_out(found, words_of(request)))


@router.get("/tasks", response=TasksOut, operation_id="tasks_list", summary="api-op-tasks-list")
def list_all(request: HttpRequest, wanted: Query[TasksWanted]) -> TasksOut:
    """To-dos within the caller's reach, those due first."""
    words = words_of(request)
    params = {key: str(value) for key, value in wanted.dict().items()}
    filter = task_filter(params, zone=company_zone().key)
    page = list_tasks(actor_of(request), filter, number=wanted.page, size=_PAGE)
    return TasksOut(
        items=[task_out(one, words) for one in page.rows],
        total=page.count.number,
        page=page.number,
        has_next=page.has_next,
    )


@_act("/tasks/for-filter", "tasks_make_for_filter", {201: ManyOut})
def make_for_filter(request: HttpRequest, wanted: ManyIn) -> Status[ManyOut]:
    """Make one for everything that a filter of a list finds."""
    given = wanted.dict(exclude={"to", "line", "kind", "filter", "seen"})
    check_filter(str(wanted.kind), wanted.filter)
    made = create_for_filter(
        Wish(way=wanted.to, **given),
        str(wanted.kind),
        wanted.filter,
        line=wanted.line,
        seen=wanted.seen,
        actor=actor_of(request),
    )
    return Status(201, ManyOut(count=len(made)))


@router.get(
    "/tasks/{task_id}", response=TaskOut, operation_id="tasks_get", summary="api-op-tasks-get"
)
def get_task(request: HttpRequest, task_id: Id) -> TaskOut:
    """One to-do."""
    return task_out(task_for(actor_of(request), task_id), words_of(request))


@_act("/tasks", "tasks_make", {201: TaskOut})
def make_task(request: HttpRequest, wanted: TaskIn) -> Status[TaskOut]:
    """Make one: for oneself, or, for who assigns, for somebody, the rules or the market."""
    link = None
    if wanted.kind is not None and wanted.item_id is not None:
        link = (str(wanted.kind), wanted.item_id)
    given = wanted.dict(exclude={"to", "line", "kind", "item_id"})
    task = create(
        Wish(way=wanted.to, link=link, **given),
        line=wanted.line,
        via="api",
        actor=actor_of(request),
    )
    return Status(201, _now(request, task).value)


@_act("/tasks/{task_id}/done", "tasks_done", {200: TaskOut})
def finish(request: HttpRequest, task_id: Id, wanted: DoneIn) -> Status[TaskOut]:
    """Finish one's own."""
    actor = actor_of(request)
    entries = len(task_for(actor, task_id).checklist)
    task = complete(
        task_id,
        result=wanted.result,
        link=wanted.link,
        quantity=wanted.quantity,
        minutes=wanted.minutes,
        ticked=set(range(entries)) if wanted.is_checked else None,
        actor=actor,
    )
    return _now(request, task)


@_act("/tasks/{task_id}/tick", "tasks_tick", {200: TaskOut})
def tick_entry(request: HttpRequest, task_id: Id, wanted: TickIn) -> Status[TaskOut]:
    """Tick one entry of the checklist of one's own."""
    actor = actor_of(request)
    return _now(request, tick(task_id, wanted.entry, is_done=wanted.is_done, actor=actor))


@_act("/tasks/{task_id}/reopen", "tasks_reopen", {200: TaskOut})
def open_again(request: HttpRequest, task_id: Id) -> Status[TaskOut]:
    """One's own is not done after all."""
    return _now(request, reopen(task_id, actor=actor_of(request)))


@_act("/tasks/{task_id}/time", "tasks_time", {200: TaskOut})
def change_time(request: HttpRequest, task_id: Id, wanted: TimeIn) -> Status[TaskOut]:
    """Another time."""
    actor = actor_of(request)
    return _now(
        request, reschedule(task_id, due_at=wanted.due_at, seen=wanted.edition, actor=actor)
    )


@_act("/tasks/{task_id}/skip", "tasks_skip", {200: TaskOut})
def leave_out(request: HttpRequest, task_id: Id, wanted: WhyIn) -> Status[TaskOut]:
    """Skip one's own."""
    actor = actor_of(request)
    return _now(request, skip(task_id, why=wanted.reason, note=wanted.note, actor=actor))


@_act("/tasks/{task_id}/cancel", "tasks_cancel", {200: TaskOut})
def call_off(request: HttpRequest, task_id: Id, wanted: WhyIn) -> Status[TaskOut]:
    """Nobody needs to do it."""
    actor = actor_of(request)
    return _now(request, cancel(task_id, why=wanted.reason, note=wanted.note, actor=actor))


@_act("/tasks/{task_id}/offer", "tasks_offer", {200: TaskOut})
def put_up(request: HttpRequest, task_id: Id) -> Status[TaskOut]:
    """Onto the market."""
    return _now(request, offer(task_id, actor=actor_of(request)))


@_act("/tasks/{task_id}/give-back", "tasks_give_back", {200: TaskOut})
def hand_back(request: HttpRequest, task_id: Id, wanted: BackIn) -> Status[TaskOut]:
    """One's own to the market."""
    actor = actor_of(request)
    return _now(request, give_back(task_id, why=wanted.reason, note=wanted.note, actor=actor))


@_act("/tasks/{task_id}/assign", "tasks_assign", {200: TaskOut})
def give(request: HttpRequest, task_id: Id, wanted: TaskAssignIn) -> Status[TaskOut]:
    """To a rep, also from another one."""
    actor = actor_of(request)
    task = assign(task_id, to=wanted.to, why=wanted.reason, note=wanted.note, actor=actor)
    return _now(request, task)


@router.get(
    "/market", response=MarketsOut, operation_id="market_list", summary="api-op-market-list"
)
def list_market(request: HttpRequest) -> MarketsOut:
    """What is on the task market."""
    words, actor = words_of(request), actor_of(request)
    return MarketsOut(items=[market_out(one, words, actor=actor) for one in market(actor)])


@_act("/market/claims", "market_claims", {200: TaskClaimsOut})
def claim_tasks(request: HttpRequest, wanted: ClaimIn) -> Status[TaskClaimsOut]:
    """Claim to-dos, each judged by itself."""
    actor, words = actor_of(request), words_of(request)
    spend_claim(actor)
    items = [
        ClaimOut(
            id=one.task_id,
            is_claimed=one.refused is None,
            reason=None
            if one.refused is None
            else Why(code=one.refused.code, message=say(words, one.refused)),
        )
        for one in claim(wanted.ids, actor=actor)
    ]
    return Status(200, TaskClaimsOut(items=items))
