"""Reading to-dos: lists, days, boards, series, what somebody may choose."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from evenhand.engine.workload.tasks_section import TaskType
from evenhand.leads.queries.paging import Page, page_of
from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.platform.clock import now as now_
from evenhand.platform.row_objects import is_there
from evenhand.policies.live import live_now
from evenhand.tasks.access import visible, visible_series
from evenhand.tasks.carried import done_minutes as done_minutes
from evenhand.tasks.carried import open_counts as open_counts
from evenhand.tasks.carried import open_load as open_load
from evenhand.tasks.models import Series, Task, TaskState

STATES: Mapping[str, tuple[str, ...]] = {
    "open": (TaskState.OPEN,),
    "offered": (TaskState.OFFERED,),
    "todo": (TaskState.OPEN, TaskState.OFFERED),
    "done": (TaskState.DONE,),
    "skipped": (TaskState.SKIPPED,),
    "canceled": (TaskState.CANCELED,),
    "closed": (TaskState.DONE, TaskState.SKIPPED, TaskState.CANCELED),
    "all": tuple(TaskState),
}
DUES = ("overdue", "today", "week", "later", "none")
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due_at", "id"),
    "-due": ("-due_at", "-id"),
    "-created": ("-id",),
    "created": ("id",),
    "-done": ("-done_at", "-id"),
}
DAY_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of to-dos is narrowed to; "" and None = any."""

    state: str = "open"  # a key of STATES
    owner: int | None = None
    team: int | None = None  # with the teams below it
    line: int | None = None
    type: str = ""
    due: str = ""  # one of DUES, by the reader's clock
    waiting: bool = False  # open and nobody's
    item_kind: str = ""
    item_id: int | None = None
    company: int | None = None
    series: int | None = None
    since: datetime | None = None  # due
    until: datetime | None = None  # due, exclusive
    q: str = ""  # in the title


def tasks_within(
    actor: Actor, wanted: TaskFilter, *, midnight: datetime | None = None
) -> QuerySet[Task]:
    """All to-dos that the actor may see and the filter lets through, without an order.

    `midnight` begins the reader's day; without it the day begins now.
    """
    states = STATES.get(wanted.state, STATES["open"])
    rows = visible(actor, None if wanted.state == "all" else states)
    exact: dict[str, Any] = {
        "owner_id": wanted.owner,
        "line_id": wanted.line,
        "type": wanted.type,
        "item_kind": wanted.item_kind,
        "item_id": wanted.item_id,
        "company_id": wanted.company,
        "series_id": wanted.series,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in (None, "")})
    if wanted.team is not None:
        rows = rows.filter(owner__user__team__path__contains=[wanted.team])
    if wanted.waiting:
        rows = rows.filter(state=TaskState.OPEN, owner=None)
    if wanted.since is not None:
        rows = rows.filter(due_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(due_at__lt=wanted.until)
    if wanted.q:
        rows = rows.filter(title__icontains=wanted.q)
    return rows.filter(_due(wanted.due, midnight)) if wanted.due else rows


def _due(name: str, midnight: datetime | None) -> Q:
    now = now_()
    day = midnight or now
    match name:
        case "overdue":
            return Q(due_at__lt=now)
        case "today":
            return Q(due_at__gte=day, due_at__lt=day + timedelta(days=1))
        case "week":
            return Q(due_at__gte=day, due_at__lt=day + timedelta(days=7))
        case "later":
            return Q(due_at__gte=day + timedelta(days=7))
        case "none":
            return Q(due_at=None)
    return Q()


def list_tasks(
    actor: Actor,
    wanted: TaskFilter,
    *,
    sort: str = "due",
    number: int = 1,
    size: int = 20,
    midnight: datetime | None = None,
) -> Page:
    """A page of to-dos, with owners, lines and companies."""
    rows = tasks_within(actor, wanted, midnight=midnight)
    rows = rows.select_related("owner__user__team", "line", "company", "series")
    return page_of(rows.order_by(*SORTS.get(sort, SORTS["due"])), number=number, size=size)


def titles_of(actor: Actor, tasks: Collection[Task]) -> dict[tuple[str, int], str]:
    """What the things that to-dos are for are called, where the actor may see them."""
    ids: dict[str, set[int]] = {}
    for task in tasks:
        if task.item_id is not None:
            ids.setdefault(task.item_kind, set()).add(task.item_id)
    return {
        (kind, item_id): title
        for kind, wanted in ids.items()
        for item_id, title in item_titles(actor, kind, wanted).items()
    }


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Somebody's day: what is late, what is due today, what is done; minutes that it takes."""

    overdue: list[Task]
    today: list[Task]
    next: list[Task]  # begun, due later
    done: list[Task]
    minutes: int  # expected for what is late and due today
    done_minutes: int


def day_plan(
    actor: Actor, midnight: datetime, *, now: datetime | None = None, rep_id: int | None = None
) -> DayPlan:
    """The to-dos of a day that begins at `midnight`; of the actor himself, or of `rep_id`."""
    who = actor.user_id if rep_id is None else rep_id
    end = midnight + timedelta(days=1)
    mine = visible(actor).filter(owner_id=who).select_related("company", "series")
    open_ = mine.filter(state=TaskState.OPEN)
    now = now or now_()
    first = min(midnight, now) if midnight <= now < end else midnight
    overdue = list(open_.filter(due_at__lt=first).order_by("due_at", "pk")[:DAY_SHOWN])
    today = list(
        open_.filter(due_at__gte=first, due_at__lt=end).order_by("due_at", "pk")[:DAY_SHOWN]
    )
    later = open_.filter(Q(due_at__gte=end) | Q(due_at=None), starts_at__lt=end)
    done = list(
        mine.filter(state=TaskState.DONE, done_at__gte=midnight, done_at__lt=end).order_by(
            "-done_at"
        )[:DAY_SHOWN]
    )
    return DayPlan(
        overdue=overdue,
        today=today,
        next=list(later.order_by("due_at", "pk")[:DAY_SHOWN]),
        done=done,
        minutes=sum(one.minutes for one in (*overdue, *today)),
        done_minutes=sum(one.handled_minutes or one.minutes for one in done),
    )


def due_by(actor: Actor, end: datetime) -> list[Task]:
    """The actor's own open to-dos that are late or due before `end`, at most 200; two queries."""
    if not is_there(Task, _DUE, [str(actor.user_id or 0), end]):
        return []
    rows = visible(actor).filter(owner_id=actor.user_id, state=TaskState.OPEN, due_at__lt=end)
    return list(rows.order_by("due_at", "pk")[:DAY_SHOWN])


_DUE = f"owner_id = %s AND state = '{TaskState.OPEN}' AND due_at < %s"


def between(
    actor: Actor, from_at: datetime, until_at: datetime, *, rep_id: int | None = None
) -> list[Task]:
    """To-dos due in a time, for a calendar: of `rep_id`, else the actor's own; at most 1,000."""
    who = actor.user_id if rep_id is None else rep_id
    rows = visible(actor).filter(owner_id=who, due_at__gte=from_at, due_at__lt=until_at)
    rows = rows.filter(state__in=(TaskState.OPEN, TaskState.DONE)).select_related("company")
    return list(rows.order_by("due_at", "pk")[:1_000])


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board."""

    name: str  # overdue, today, week, later, waiting, offered
    count: int
    tasks: list[Task]


def board(actor: Actor, wanted: TaskFilter, *, midnight: datetime, size: int = 50) -> list[Column]:
    """Open to-dos by how soon they are due, and what is nobody's."""
    rows = tasks_within(actor, wanted, midnight=midnight).filter(
        state__in=(TaskState.OPEN, TaskState.OFFERED)
    )
    owned = Q(owner__isnull=False)
    now = now_()
    late, day, week = now, midnight + timedelta(days=1), midnight + timedelta(days=7)
    parts = {
        "overdue": owned & Q(due_at__lt=late),
        "today": owned & Q(due_at__gte=late, due_at__lt=day),
        "week": owned & Q(due_at__gte=day, due_at__lt=week),
        "later": owned & (Q(due_at__gte=week) | Q(due_at=None)),
        "waiting": Q(owner=None, state=TaskState.OPEN),
        "offered": Q(state=TaskState.OFFERED),
    }
    counts = rows.aggregate(**{name: Count("pk", filter=part) for name, part in parts.items()})
    return [
        Column(
            name,
            counts[name],
            list(
                rows.filter(part)
                .select_related("owner__user", "company", "series")
                .order_by("due_at", "pk")[:size]
            )
            if counts[name]
            else [],
        )
        for name, part in parts.items()
    ]


def types_of(line_id: int | None = None) -> tuple[TaskType, ...]:
    """The types of to-dos that the rules of a line (None = the default one) know now."""
    live = live_now(line_id)
    return () if live is None or live.tasks is None else live.tasks.types


def gives_back(line_id: int) -> bool:
    """Whether the rules of a line let people give to-dos back to the market."""
    live = live_now(line_id)
    return live is not None and live.tasks is not None and live.tasks.market.give_back


def series_within(actor: Actor) -> QuerySet[Series]:
    """Series that the actor may see, those that run first."""
    return visible_series(actor).select_related("line", "rep__user").order_by("-is_on", "-pk")


def next_of_series(actor: Actor, ids: Collection[int]) -> dict[int, datetime]:
    """When the next open to-do of each of these series is due; one query."""
    rows = visible(actor).filter(series_id__in=ids, state__in=STATES["todo"], due_at__gte=now_())
    found = rows.order_by().values("series_id").annotate(next=Min("due_at"))
    return {one["series_id"]: one["next"] for one in found}


def tasks_of_series(
    actor: Actor, series_id: int, *, ahead: int, behind: int
) -> tuple[list[Task], list[Task]]:
    """The to-dos of a series: those to be done, next ones first, and the latest that are over."""
    rows = visible(actor).filter(series_id=series_id).select_related("owner__user", "company")
    todo = rows.filter(state__in=STATES["todo"]).order_by("occurrence", "pk")
    over = rows.filter(state__in=STATES["closed"]).order_by("-occurrence", "-pk")
    return list(todo[:ahead]), list(over[:behind])


def tasks_of_item(actor: Actor, kind: str, item_id: int, *, limit: int = 20) -> list[Task]:
    """The to-dos for a lead, an account or an opportunity, open ones first; who sees that sees
    them."""
    if not is_there(Task, "item_kind = %s AND item_id = %s", [str(kind), str(item_id)]):
        return []
    rows = visible(actor).filter(item_kind=kind, item_id=item_id).select_related("owner__user")
    return sorted(rows.order_by("-pk")[:limit], key=lambda one: one.state != TaskState.OPEN)
