"""Fetching a finished file, and forgetting it: in time, or when a person in it is erased."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.exports.access import own_export
from evenhand.exports.models import Export, ExportFile, ExportPart, Step
from evenhand.exports.operations.ask import CannotExport, source_of
from evenhand.exports.sources import params_of
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import demand

KEPT = timedelta(days=3)


def fetch(export_id: int, *, actor: Actor) -> tuple[Export, Iterator[bytes]]:
    """The file of one's own export, piece by piece; each fetching is written down.

    :raises NotFound: it is not his.
    :raises NotAllowed: he may not export any more.
    :raises CannotExport: there is no file, or its time is over.
    """
    with transaction.atomic():
        row = own_export(actor, export_id)
        demand(actor, source_of(row.page).right)
        files = ExportFile.objects.filter(pk=row.pk, export_of__ended_at__gt=timezone.now() - KEPT)
        if not files.update(fetched=F("fetched") + 1):
            raise CannotExport(reason("export.file_gone"))
        record("export.fetched", actor=actor, object_kind="export", object_id=row.pk)
    parts = ExportPart.objects.filter(file_id=row.pk).order_by("number")
    contents = parts.values_list("content", flat=True)
    numbers = list(parts.values_list("number", flat=True))
    return row, (bytes(contents.get(number=number)) for number in numbers)


def drop_old_files(now: datetime) -> int:
    """Drop the files whose time is over; how many."""
    return ExportFile.objects.filter(export_of__ended_at__lt=now - KEPT).delete()[0]


def forget(said: Collection[str], ids: Mapping[str, Collection[int]]) -> None:
    """A person is erased: what files and requests hold of him goes.

    `said` are his names, phones and addresses; `ids` the rows that are about him, by page. Files of
    a page that is not among them may name him in other ways and go too.
    """
    others = ~Q(export_of__page__in=ids.keys())
    for page, rows in ids.items():
        others |= Q(export_of__page=page, ids__overlap=list(rows))
    ExportFile.objects.filter(others).delete()
    moving = Export.objects.filter(step__in=(Step.WAITING, Step.RUNNING))
    moving.filter(step=Step.RUNNING).update(starts_over=True)
    folded = [text.casefold() for text in said if text]
    for row in moving.exclude(query=""):
        searched = params_of(row.query).get("q", "").casefold()
        if searched and any(text in searched or searched in text for text in folded):
            why = reason("export.person_erased").as_json()
            moving.filter(pk=row.pk).update(
                step=Step.CANCELED, query="", failed_why=why, ended_at=timezone.now()
            )
    for text in said:
        if text:
            Export.objects.filter(note__icontains=text).update(note="")
