"""Series of to-dos: made, changed, stopped, taken up again; and made ahead by a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from evenhand.engine.workload.recurrence import MOST_EVERY, days_of
from evenhand.journal.operations import record
from evenhand.leads.access import item_for
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right, actor_of, demand
from evenhand.platform.clock import now as now_
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import live_now
from evenhand.policies.models import Line
from evenhand.tasks.access import series_for
from evenhand.tasks.due import Deadlines
from evenhand.tasks.facts import Link, linked
from evenhand.tasks.making import MOST_AT_ONCE, Wish, make, wishes_left, world_for_tasks
from evenhand.tasks.models import Series, SeriesTo, Task, TaskState, Unit
from evenhand.tasks.operations.create import MOST_OF_A_FILTER, rows_of_filter
from evenhand.tasks.operations.ending import cancel_all
from evenhand.tasks.operations.giving import check_receiver
from evenhand.tasks.refusals import CannotDo, refuse

_DAY = timedelta(days=1)
_TEXTS = {"title": 200, "note": 5_000}


@dataclass(frozen=True, slots=True)
class SeriesIn:
    """A series as somebody wants it. `link` is one thing, `filter` with `kind` many, or neither."""

    type: str
    unit: str
    from_on: date
    every: int = 1
    weekdays: tuple[int, ...] = ()
    until_on: date | None = None
    to: str = SeriesTo.HOLDER.value
    rep_id: int | None = None
    title: str = ""
    note: str = ""
    link: Link | None = None
    kind: str = ""
    filter: Mapping[str, str] = field(default_factory=dict)


def make_series(wanted: SeriesIn, *, line: str = "", actor: Actor) -> Series:
    """Make a series; its first to-dos come with the next run of the job.

    :raises NotAllowed, NotFound: he may not give to-dos to others, or what it is for is out of his
        reach.
    :raises CannotDo: something of it cannot be.
    """
    demand(actor, Right.ASSIGN)
    _check(wanted, actor)

    def work() -> Series:
        world, _ = world_for_tasks(line)
        assert world.live.tasks is not None, "the world says so"
        if world.live.tasks.type_named(wanted.type) is None:
            raise refuse("type_unknown", "type", type=wanted.type)
        made = Series.objects.create(
            line_id=world.live.line_id, type=wanted.type, **_fields(wanted, actor)
        )
        data = {"type": wanted.type, "line": world.live.line_id}
        record("series.made", actor=actor, object_kind="series", object_id=made.pk, data=data)
        return made

    return in_transaction(work)


def edit_series(
    series_id: int, wanted: SeriesIn, *, seen: int | None = None, actor: Actor
) -> Series:
    """Change a series from now on: a job makes those anew that have not begun.

    :raises NotAllowed, NotFound, CannotDo: as `make_series`; or it was changed meanwhile.
    """
    demand(actor, Right.ASSIGN)
    _check(wanted, actor)
    now = now_()
    with transaction.atomic():
        series = series_for(actor, series_id, Right.ASSIGN, locked=True)
        if seen is not None and seen != series.edition:
            raise refuse("changed")
        fields = {**_fields(wanted, actor), "created_by_id": series.created_by_id}
        changed = sorted(
            name.removesuffix("_id")
            for name, value in fields.items()
            if getattr(series, name) != value
        )
        for name, value in fields.items():
            setattr(series, name, value)
        series.made_until, series.clear_from, series.edition = None, now, series.edition + 1
        series.save()
        data = {"fields": changed}
        record("series.edited", actor=actor, object_kind="series", object_id=series.pk, data=data)
    return series


def stop_series(series_id: int, *, cancel_open: bool = True, actor: Actor) -> Series:
    """Stop a series; with `cancel_open` a job cancels what has not begun.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it has stopped already.
    """
    now = now_()
    with transaction.atomic():
        series = series_for(actor, series_id, Right.ASSIGN, locked=True)
        if not series.is_on:
            raise refuse("series_over")
        series.is_on, series.edition = False, series.edition + 1
        series.clear_from = now if cancel_open else None
        series.save(update_fields=["is_on", "edition", "clear_from"])
        ahead = _ahead(series, now).count() if cancel_open else 0
        data = {"open": ahead}
        record("series.stopped", actor=actor, object_kind="series", object_id=series.pk, data=data)
    return series


def resume_series(series_id: int, *, actor: Actor) -> Series:
    """Take a series up again; what would have come meanwhile does not come.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    """
    with transaction.atomic():
        series = series_for(actor, series_id, Right.ASSIGN, locked=True)
        if not series.is_on:
            series.is_on, series.made_until, series.edition = True, None, series.edition + 1
            series.save(update_fields=["is_on", "made_until", "edition"])
            data = {"from_on": company_day(now_()).isoformat()}
            record(
                "series.resumed", actor=actor, object_kind="series", object_id=series.pk, data=data
            )
    return series


def _ahead(series: Series, now: datetime) -> Any:
    return Task.objects.filter(
        series=series, starts_at__gt=now, state__in=(TaskState.OPEN, TaskState.OFFERED)
    )


def _clear(series: Series) -> None:
    """Cancel what had not begun when it was changed; these days are free again for it."""
    assert series.clear_from is not None, "those that were changed are asked for"
    ids = list(_ahead(series, series.clear_from).values_list("pk", flat=True))
    cancel_all(ids, why="series_changed")
    Task.objects.filter(pk__in=ids, state=TaskState.CANCELED).update(series=None, occurrence=None)
    Series.objects.filter(pk=series.pk, edition=series.edition).update(clear_from=None)


def _fields(wanted: SeriesIn, actor: Actor) -> dict[str, Any]:
    kind, item_id = wanted.link or (wanted.kind, None)
    return {
        "title": wanted.title.strip() or wanted.type,
        "note": wanted.note.strip(),
        "every": wanted.every,
        "unit": wanted.unit,
        "weekdays": sorted(set(wanted.weekdays)),
        "from_on": wanted.from_on,
        "until_on": wanted.until_on,
        "to": wanted.to,
        "rep_id": wanted.rep_id if wanted.to == SeriesTo.REP else None,
        "item_kind": kind,
        "item_id": item_id,
        "filter": dict(wanted.filter) if wanted.kind and wanted.link is None else None,
        "created_by_id": actor.user_id,
    }


def _check(wanted: SeriesIn, actor: Actor) -> None:
    for name, longest in _TEXTS.items():
        if len(getattr(wanted, name)) > longest:
            raise refuse("text_too_long", name, limit=longest)
    if not 1 <= wanted.every <= MOST_EVERY or wanted.unit not in Unit.values:
        raise refuse("series_every", "every", limit=MOST_EVERY)
    if bool(wanted.weekdays) != (wanted.unit == Unit.WEEK) or not set(wanted.weekdays) <= set(
        range(1, 8)
    ):
        raise refuse("series_weekdays", "weekdays")
    if wanted.until_on is not None and wanted.until_on < wanted.from_on:
        raise refuse("series_dates", "until_on")
    if wanted.link is not None and wanted.kind:
        raise refuse("series_for", "item_id")
    if wanted.to not in SeriesTo.values:
        raise refuse("way_unknown", "to")
    if wanted.to == SeriesTo.REP:
        if wanted.rep_id is None:
            raise refuse("nobody_named", "rep")
        check_receiver(wanted.rep_id, actor)
    if wanted.link is not None:
        item_for(actor, *wanted.link)
    elif wanted.kind:
        if wanted.filter.get("q"):
            raise refuse("series_search", "filter")
        rows_of_filter(wanted.kind, wanted.filter, actor)


# -- ahead -----------------------------------------------------------------------------------------


def make_ahead(*, now: datetime | None = None) -> int:
    """Make the to-dos of all series up to the horizon of their rules; how many were made."""
    at = now or now_()
    today = company_day(at)
    for series in Series.objects.filter(clear_from__isnull=False).order_by("pk"):
        _clear(series)
    made = 0
    for line in Line.objects.filter(is_active=True).order_by("pk"):
        live = live_now(line.pk)
        if live is None or live.tasks is None:
            continue
        last = today + live.tasks.horizon_days * _DAY
        due = Q(made_until=None) | Q(made_until__lt=last)
        rows = Series.objects.filter(due, line=line, is_on=True, from_on__lte=last)
        for series_id in rows.order_by("pk").values_list("pk", flat=True):
            made += _make_ahead(series_id, line.key, today, last, at)
    return made


def _make_ahead(series_id: int, line_key: str, today: date, last: date, at: datetime) -> int:
    series = Series.objects.select_related("created_by").get(pk=series_id)
    first = today if series.made_until is None else max(series.made_until + _DAY, today)
    end = last if series.until_on is None else min(last, series.until_on)
    days = days_of(
        every=series.every,
        unit=series.unit,  # type: ignore[arg-type]
        weekdays=series.weekdays,
        from_on=series.from_on,
        first=first,
        last=end,
    )
    wishes = wishes_left(_wishes(series, days)) if days else []
    made = 0
    for start in range(0, len(wishes), MOST_AT_ONCE):
        made += _make_part(line_key, wishes[start : start + MOST_AT_ONCE], at)
    # Whoever changed it meanwhile set it back: it is made anew from the start.
    Series.objects.filter(pk=series_id, edition=series.edition).update(made_until=last)
    return made


def _make_part(line_key: str, wishes: list[Wish], at: datetime) -> int:
    def work() -> int:
        try:
            world, ours = world_for_tasks(line_key, at)
        except CannotDo:
            return 0
        deadlines = Deadlines(world)
        there = linked(wish.link for wish in wishes if wish.link is not None)
        timed = [
            _with_start(wish, deadlines)
            for wish in wishes
            if wish.link is None or (wish.link in there and not there[wish.link].is_over)
        ]
        assert world.live.tasks is not None, "the world says so"
        known = {one.type for one in world.live.tasks.types}
        timed = [wish for wish in timed if wish.type in known]
        return len(make(world, ours, timed, via="series", actor=SYSTEM))

    return in_transaction(work)


def _with_start(wish: Wish, deadlines: Deadlines) -> Wish:
    assert wish.occurrence is not None, "a to-do of a series stands for a day"
    return replace(wish, starts_at=deadlines.morning(wish.occurrence))


def _wishes(series: Series, days: list[date]) -> list[Wish]:
    links: list[Link | None] = [None]
    if series.item_id is not None:
        links = [(series.item_kind, series.item_id)]
    elif series.filter is not None:
        # What the filter finds within the reach that its maker has now.
        reach = SYSTEM if series.created_by is None else actor_of(series.created_by)
        rows = rows_of_filter(series.item_kind, series.filter, reach).order_by("pk")
        found = rows.values_list("pk", flat=True)[:MOST_OF_A_FILTER]
        links = [(series.item_kind, pk) for pk in found]
    return [
        Wish(
            series.type,
            series.to,
            series.rep_id,
            title=series.title,
            note=series.note,
            link=link,
            series_id=series.pk,
            occurrence=day,
        )
        for day in days
        for link in links
    ]
