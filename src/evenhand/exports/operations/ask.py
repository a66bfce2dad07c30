"""Somebody asks for an export: small ones come at once, large ones by a job, very large ones wait
for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.reasons import reason
from evenhand.exports.access import confirmers
from evenhand.exports.models import Export, Step
from evenhand.exports.operations.make import record_exported, written
from evenhand.exports.reasons import EXPORT_REASONS
from evenhand.exports.sources import SOURCES, Found, Source, params_of
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.models import Organization, User
from evenhand.people.scope import demand
from evenhand.platform.refusal import NotFound, Refused
from evenhand.sheets.writing.one_table import FORMATS
from evenhand.wording.catalogue import Words

AT_ONCE = 2_000  # rows: more are made by a job
MOST_ROWS = 1_000_000
LONGEST_NOTE = 200
_COUNTED = timedelta(hours=24)  # many small exports of a day count like a large one
JOB = "evenhand:make_export"


class CannotExport(Refused):
    """Rows cannot be exported like this."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the page, its filter as an address, the columns (none = all), and why."""

    page: str
    query: str
    why: str
    note: str = ""
    format: str = "csv"
    columns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The export, and its file if it is there at once."""

    row: Export
    content: bytes | None = None


def ask(wanted: Wanted, *, words: Words, zone: ZoneInfo, actor: Actor) -> Answer:
    """Take out exactly what a filter shows, worded for the actor and in his time.

    :raises NotAllowed: he may not export this.
    :raises CannotExport: no reason, no such format, too many rows, or nobody could confirm it.
    """
    source = source_of(wanted.page)
    demand(actor, source.right)
    note = check_choices(wanted.why, wanted.format, wanted.note)
    with transaction.atomic():
        # One after the other: what somebody takes out in a day is counted.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.user_id or 0)
        found = source.find(actor, params_of(wanted.query), zone)
        count = found.rows.order_by()[: MOST_ROWS + 1].count()
        if count > MOST_ROWS:
            raise CannotExport(reason("work.too_many", count=count, limit=MOST_ROWS))
        row = _row(wanted, note, words, zone, actor)
        row.told, row.rows = dict(found.told), count
        limit = needs_second(actor, count)
        if limit is not None:
            return _wait(row, limit, actor)
        if count <= AT_ONCE:
            return _now(row, source, found, words, zone, actor)
        row.step = Step.RUNNING
        row.save(force_insert=True)
        _tell_journal("export.asked", row, actor)
        defer(row.pk)
    return Answer(row)


def source_of(page: str) -> Source:
    """What a page exports.

    :raises NotFound: nothing.
    """
    if page not in SOURCES:
        raise NotFound("export", 0)
    return SOURCES[page]


def needs_second(actor: Actor, count: int) -> int | None:
    """The company's limit if so many rows more go beyond it; None if he may take them alone."""
    limit = Organization.objects.values_list("export_alone_rows", flat=True).get(pk=1)
    if limit is None:
        return None
    lately = Export.objects.filter(
        user_id=actor.user_id or 0,
        asked_at__gt=timezone.now() - _COUNTED,
        decided_by=None,
        step__in=(Step.RUNNING, Step.DONE),
    )
    taken = lately.aggregate(rows=Sum("rows"))["rows"] or 0
    return limit if taken + count > limit else None


def defer(export_id: int) -> None:
    """Have the job make a file: in this transaction, so that both are there or none."""
    app.configure_task(JOB, queue="long", lock=f"export:{export_id}").defer(export_id=export_id)


def check_choices(why: str, format: str, note: str) -> str:
    """The note, tidied, where reason and format are of those there are.

    :raises CannotExport: they are not, or "something else" says nothing.
    """
    _one_of(why, EXPORT_REASONS, "why")
    check_format(format)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise CannotExport(reason("people.too_long", limit=LONGEST_NOTE), field="note")
    if why == "other" and not note:
        raise CannotExport(reason("export.say_what"), field="note")
    return note


def check_format(format: str) -> None:
    """Refuse a format that there is not.

    :raises CannotExport: there is none such.
    """
    _one_of(format, tuple(FORMATS), "format")


def _one_of(value: str, choices: Sequence[str], field: str) -> None:
    if value not in choices:
        found = reason("work.not_a_choice", value=value[:40], choices=tuple(choices))
        raise CannotExport(found, field=field)


def _row(wanted: Wanted, note: str, words: Words, zone: ZoneInfo, actor: Actor) -> Export:
    return Export(
        user_id=actor.user_id or 0,
        page=wanted.page,
        query=wanted.query,
        columns=list(wanted.columns),
        format=wanted.format,
        locale=words.locale,
        zone=zone.key,
        why=wanted.why,
        note=note,
        asked_at=timezone.now(),
    )


def _wait(row: Export, limit: int, actor: Actor) -> Answer:
    people = confirmers(row.page, actor.user_id or 0)
    if not people:
        raise CannotExport(reason("export.nobody_confirms", limit=limit))
    row.step = Step.WAITING
    row.save(force_insert=True)
    _tell_journal("export.asked", row, actor)
    params = {"by": actor.user_id, "count": row.rows}
    tell(people, "export_asked", params=params, object_kind="export", object_id=row.pk)
    return Answer(row)


def _now(
    row: Export, source: Source, found: Found, words: Words, zone: ZoneInfo, actor: Actor
) -> Answer:
    rows = list(found.rows[: AT_ONCE + 1])
    sheet = source.sheet(actor, words, zone, row.columns)
    content = written(sheet, sheet.cells(rows), row, words)
    row.step, row.query, row.ended_at = Step.DONE, "", row.asked_at
    row.rows = row.done = len(rows)
    row.save(force_insert=True)
    record_exported(row, actor)
    return Answer(row, content)


def _tell_journal(kind: str, row: Export, actor: Actor) -> None:
    data: Mapping[str, object] = {"page": row.page, "rows": row.rows, "reason": row.why}
    record(kind, actor=actor, object_kind="export", object_id=row.pk, data=data)
