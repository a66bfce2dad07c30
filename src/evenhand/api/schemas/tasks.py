"""To-dos (待办) and the task market: as programs see and send them."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import (
    Body,
    Moment,
    Name200,
    OneOf,
    Params,
    StrictId,
    Text200,
    Text500,
    Text4000,
)
from evenhand.api.schemas.pools import Kind
from evenhand.api.schemas.shared import MICRO, Person, Why, person_of, receipt_url, why_of
from evenhand.engine.reasons import Reason
from evenhand.people.actor import Actor
from evenhand.tasks.market import Market, why_not_each
from evenhand.tasks.models import Photo, Task
from evenhand.tasks.operations.create import WAYS
from evenhand.tasks.operations.ending import REASONS
from evenhand.tasks.operations.giving import BACK_REASONS
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


class TaskOut(Schema):
    """One to-do."""

    id: int
    type: str
    title: str
    note: str
    state: str = Field(description="api-doc-task-state")
    owner: Person | None
    reason: Why | None
    due_at: datetime | None
    difficulty: str = Field(description="api-doc-task-difficulty")
    minutes: int
    points: float = Field(description="api-doc-task-points")
    quantity: int
    quantity_done: int
    kind: str | None
    item_id: int | None
    series_id: int | None
    checklist: list[tuple[str, bool]]
    evidence: str = Field(description="api-doc-task-evidence")
    result: str
    link: str
    done_at: datetime | None
    handled_minutes: int | None
    edition: int = Field(description="api-doc-task-edition")
    receipt: str | None
    created_at: datetime


class TasksOut(Schema):
    """A page of to-dos."""

    items: list[TaskOut]
    total: int
    page: int
    has_next: bool


class PhotoOut(Schema):
    """A photo that proves a to-do; `bytes` of the picture as it is kept."""

    id: int
    kind: str = Field(description="api-doc-task-photo-kind")
    bytes: int
    added_at: datetime
    is_erased: bool = Field(description="api-doc-task-photo-erased")


class PhotosOut(Schema):
    """The photos of a to-do."""

    items: list[PhotoOut]


class TasksWanted(Schema):
    """Which to-dos are wanted; as the filters of the page."""

    state: str = "todo"
    owner: str = ""
    type: str = ""
    due: str = ""
    since: str = ""
    until: str = ""
    q: str = ""
    page: int = Field(1, ge=1, le=10_000)


class _Wish(Body):
    """What is said of a to-do that is to be made; what is left out is as its type says."""

    type: Name200
    to: Annotated[str, OneOf(WAYS)] = "own"
    rep_id: StrictId | None = None
    line: Text200 = ""
    title: Text200 = ""
    note: Text4000 = ""
    quantity: StrictId | None = None
    minutes: StrictId | None = None
    starts_at: Moment | None = None
    due_at: Moment | None = None


class TaskIn(_Wish):
    """A to-do that is to be made; what is left out is as its type says."""

    kind: Kind | None = None
    item_id: StrictId | None = None


class ManyIn(_Wish):
    """A to-do for each of what a filter finds; what is left out is as its type says."""

    kind: Kind
    filter: Params = Field(default={}, description="api-doc-task-filter")
    to: Annotated[str, OneOf(WAYS)] = "holder"
    seen: StrictId | None = Field(None, description="api-doc-task-seen")


class ManyOut(Schema):
    """How many were made."""

    count: int


class TickIn(Body):
    """An entry of the checklist, counted from 0."""

    entry: Annotated[int, Field(ge=0, le=49, strict=True)]
    is_done: bool = True


class DoneIn(Body):
    """What came of it."""

    result: Text4000 = ""
    link: Text500 = ""
    quantity: StrictId | None = None
    minutes: StrictId | None = None
    is_checked: bool = Field(default=False, description="api-doc-task-checked")


class TimeIn(Body):
    """By when instead."""

    due_at: Moment
    edition: StrictId | None = None


class WhyIn(Body):
    """Why it is not done."""

    reason: Annotated[str, OneOf(REASONS)]
    note: Text500 = ""


class BackIn(Body):
    """Why it goes to the market."""

    reason: Annotated[str, OneOf(BACK_REASONS)]
    note: Text500 = ""


class TaskAssignIn(Body):
    """Whose it is to be."""

    to: StrictId
    reason: Text500 = ""
    note: Text500 = ""


class ClaimIn(Body):
    """Which to-dos are wanted from the market."""

    ids: Annotated[list[StrictId], Field(min_length=1, max_length=200)]


class ClaimOut(Schema):
    """What became of one of them."""

    id: int
    is_claimed: bool
    reason: Why | None


class TaskClaimsOut(Schema):
    """Each by itself, in the order asked for."""

    items: list[ClaimOut]


class OnMarketOut(TaskOut):
    """One on the market; `why_not` is what is missing for the caller to claim it."""

    why_not: Why | None


class MarketOut(Schema):
    """The market of a line, as the caller sees it."""

    line: str
    claimed_today: int
    per_day: int | None
    held: int
    holding: int | None
    why_not: Why | None
    items: list[OnMarketOut]


class MarketsOut(Schema):
    """The markets that are open to the caller."""

    items: list[MarketOut]


def task_out(task: Task, words: Words) -> TaskOut:
    """A to-do as programs see it."""
    return TaskOut(
        id=task.pk,
        type=task.type,
        title=task.title,
        note=task.note,
        state=task.state,
        owner=person_of(task.owner),
        reason=why_of(task.why_unassigned, words),
        due_at=task.due_at,
        difficulty=task.difficulty,
        minutes=task.minutes,
        points=task.points / MICRO,
        quantity=task.quantity,
        quantity_done=task.quantity_done,
        kind=task.item_kind or None,
        item_id=task.item_id,
        series_id=task.series_id,
        checklist=[(text, is_done) for text, is_done in task.checklist],
        evidence=task.needs,
        result=task.result,
        link=task.result_link,
        done_at=task.done_at,
        handled_minutes=task.handled_minutes,
        edition=task.edition,
        receipt=receipt_url(task.receipt_id),
        created_at=task.created_at,
    )


def photo_out(photo: Photo) -> PhotoOut:
    """A photo as programs see it, without the picture."""
    return PhotoOut(
        id=photo.pk,
        kind=photo.kind,
        bytes=photo.byte_count,
        added_at=photo.added_at,
        is_erased=not photo.byte_count,
    )


def market_out(one: Market, words: Words, *, actor: Actor) -> MarketOut:
    """A market as programs see it; those due first, at most two hundred."""
    tasks = list(one.tasks[:200])
    whys = why_not_each(one, tasks, actor=actor)
    return MarketOut(
        line=one.line_name,
        claimed_today=one.claimed_today,
        per_day=one.terms.per_day,
        held=one.held,
        holding=one.terms.holding,
        why_not=_why(one.why_not, words),
        items=[
            OnMarketOut(**task_out(task, words).dict(), why_not=_why(whys.get(task.pk), words))
            for task in tasks
        ],
    )


def _why(why: Reason | None, words: Words) -> Why | None:
    return None if why is None else Why(code=why.code, message=say(words, why))
