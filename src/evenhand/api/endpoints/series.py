"""Recurring to-dos (重复待办): list, make, change, stop, take up again."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.series import (
    AllSeriesOut,
    SeriesChange,
    SeriesMake,
    SeriesOut,
    SeriesStop,
    series_out,
)
from evenhand.leads.queries.paging import page_of
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.tasks.access import series_for
from evenhand.tasks.models import Series
from evenhand.tasks.operations.create import check_filter
from evenhand.tasks.operations.series import (
    SeriesIn,
    edit_series,
    make_series,
    resume_series,
    stop_series,
)
from evenhand.tasks.queries import series_within

router = Router(tags=["tasks"])
_PAGE = 50


def _now(series_id: int, actor: Actor) -> SeriesOut:
    return series_out(series_within(actor).get(pk=series_id))


@router.get(
    "/series", response=AllSeriesOut, operation_id="series_list", summary="api-op-series-list"
)
def list_all(request: HttpRequest, page: Query[int] = 1) -> AllSeriesOut:
    """Series within the caller's reach, those that run first."""
    found = page_of(series_within(actor_of(request)), number=max(1, min(page, 10_000)), size=_PAGE)
    return AllSeriesOut(
        items=[series_out(one) for one in found.rows],
        total=found.count.number,
        page=found.number,
        has_next=found.has_next,
    )


@router.get(
    "/series/{series_id}",
    response=SeriesOut,
    operation_id="series_get",
    summary="api-op-series-get",
)
def get_series(request: HttpRequest, series_id: Id) -> SeriesOut:
    """One series."""
    return series_out(series_for(actor_of(request), series_id))


@router.post(
    "/series",
    response={201: SeriesOut},
    operation_id="series_make",
    summary="api-op-series-make",
    description="api-op-series-make-text",
)
@idempotent
def make(request: HttpRequest, wanted: SeriesMake) -> Status[SeriesOut]:
    """Make one, for who assigns."""
    actor = actor_of(request)
    link = None
    if wanted.kind is not None and wanted.item_id is not None:
        link = (str(wanted.kind), wanted.item_id)
    if wanted.kind is not None and link is None:
        check_filter(str(wanted.kind), wanted.filter)
    given = wanted.dict(exclude={"kind", "item_id", "line", "weekdays", "filter"})
    made = make_series(
        SeriesIn(
            link=link,
            kind=str(wanted.kind) if wanted.kind is not None and link is None else "",
            weekdays=tuple(wanted.weekdays),
            filter=wanted.filter,
            **given,
        ),
        line=wanted.line,
        actor=actor,
    )
    return Status(201, _now(made.pk, actor))


@router.post(
    "/series/{series_id}/edit",
    response={200: SeriesOut},
    operation_id="series_edit",
    summary="api-op-series-edit",
    description="api-op-series-edit-text",
)
@idempotent
def change(request: HttpRequest, series_id: Id, wanted: SeriesChange) -> Status[SeriesOut]:
    """Another one from now on; what is left out stays."""
    actor = actor_of(request)
    series = series_for(actor, series_id, Right.ASSIGN)
    said = wanted.dict(exclude_unset=True)
    seen = said.pop("edition", None)
    edit_series(series_id, _changed(series, said), seen=seen, actor=actor)
    return Status(200, _now(series_id, actor))


def _changed(series: Series, said: dict[str, Any]) -> SeriesIn:
    link = None if series.item_id is None else (series.item_kind, series.item_id)
    names = ("unit", "from_on", "every", "until_on", "to", "rep_id", "title", "note")
    values = {name: said.get(name, getattr(series, name)) for name in names}
    values["from_on"] = values["from_on"] or series.from_on
    weekdays = said.get("weekdays", series.weekdays if values["unit"] == "week" else ())
    return SeriesIn(
        type=series.type,
        weekdays=tuple(weekdays),
        link=link,
        kind=series.item_kind if link is None else "",
        filter=series.filter or {},
        **values,
    )


@router.post(
    "/series/{series_id}/stop",
    response={200: SeriesOut},
    operation_id="series_stop",
    summary="api-op-series-stop",
    description="api-op-series-stop-text",
)
@idempotent
def stop(request: HttpRequest, series_id: Id, wanted: SeriesStop) -> Status[SeriesOut]:
    """No more are made."""
    actor = actor_of(request)
    stop_series(series_id, cancel_open=wanted.cancel_open, actor=actor)
    return Status(200, _now(series_id, actor))


@router.post(
    "/series/{series_id}/resume",
    response={200: SeriesOut},
    operation_id="series_resume",
    summary="api-op-series-resume",
    description="api-op-series-resume-text",
)
@idempotent
def take_up(request: HttpRequest, series_id: Id) -> Status[SeriesOut]:
    """They come from today on."""
    actor = actor_of(request)
    resume_series(series_id, actor=actor)
    return Status(200, _now(series_id, actor))
