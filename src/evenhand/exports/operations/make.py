"""Making the file of an export: rows in their list's order, some at a time, begun anew after a
crash."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.exports.models import Export, ExportFile, ExportPart, Step
from evenhand.exports.sources import SOURCES, Sheet, params_of
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of, may
from evenhand.platform.crashpoint import crashpoint
from evenhand.sheets.writing.one_table import one_table, write_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.wording.catalogue import Words

_CHUNK = 1_000
_PART = 4_000_000  # bytes


class _Over(Exception):
    """It was canceled meanwhile, or its asker lost his right."""


def written(sheet: Sheet, cells: Iterator[Sequence[Out]], row: Export, words: Words) -> bytes:
    """A small file's bytes."""
    return one_table(sheet.columns, cells, format=row.format, sheet=sheet_name(row, words))


def sheet_name(row: Export, words: Words) -> str:
    """What the page of a workbook is called."""
    return words.text(f"web-nav-{row.page}")


def record_exported(row: Export, actor: Actor) -> None:
    """Write down that these rows are in a file now."""
    data = {
        "rows": row.rows,
        "format": row.format,
        "reason": row.why,
        "filter": dict(row.told),
        "export": row.pk,
    }
    record(f"{row.page}.exported", actor=actor, object_kind=row.page, object_id=None, data=data)


def run(export_id: int) -> None:
    """Make the file of an export that may be made; called again, it starts over. For the job."""
    while True:
        row = Export.objects.select_related("user").get(pk=export_id)
        if row.step != Step.RUNNING:
            return
        Export.objects.filter(pk=row.pk).update(starts_over=False)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"rows.{row.format}"
            try:
                ids = _write(row, path)
            except _Over:
                return
            crashpoint("export.written")
            if _keep(row, path, ids):
                return


def _write(row: Export, path: Path) -> list[int]:
    """Write the file; the ids of its rows."""
    actor, words, zone = actor_of(row.user), Words(row.locale), ZoneInfo(row.zone)
    source = SOURCES[row.page]
    _check(row, actor)
    found = source.find(actor, params_of(row.query), zone).rows
    wanted = list(found.values_list("pk", flat=True))
    sheet = source.sheet(actor, words, zone, row.columns)
    ids: list[int] = []

    def cells() -> Iterator[Sequence[Out]]:
        for start in range(0, len(wanted), _CHUNK):
            _check(row, actor_of(row.user))
            some = wanted[start : start + _CHUNK]
            # What left the filter meanwhile is left out; what is in it is as it is now.
            by_id = {one.pk: one for one in found.filter(pk__in=some)}
            rows = [by_id[pk] for pk in some if pk in by_id]
            ids.extend(one.pk for one in rows)
            yield from sheet.cells(rows)
            moved = Export.objects.filter(pk=row.pk, step=Step.RUNNING)
            if not moved.update(done=len(ids)):
                raise _Over

    write_table(path, sheet.columns, cells(), format=row.format, sheet=sheet_name(row, words))
    return ids


def _check(row: Export, actor: Actor) -> None:
    """Whoever lost his right since then takes nothing out."""
    row.user.refresh_from_db()
    if row.user.is_active and may(actor, SOURCES[row.page].right):
        return
    _fail(row, reason("export.not_allowed_now"))
    raise _Over


def _fail(row: Export, why: Reason) -> None:
    running = Export.objects.filter(pk=row.pk, step=Step.RUNNING)
    running.update(step=Step.FAILED, failed_why=why.as_json(), query="", ended_at=timezone.now())


def _keep(row: Export, path: Path, ids: list[int]) -> bool:
    """Keep the finished file, unless it has to be made once more: a person was erased."""
    with transaction.atomic():
        now = Export.objects.select_for_update().get(pk=row.pk)
        if now.step != Step.RUNNING:
            return True
        if now.starts_over:
            return False
        file = ExportFile.objects.create(export_of=now, byte_count=path.stat().st_size, ids=ids)
        with path.open("rb") as stream:
            number = 0
            while content := stream.read(_PART):
                ExportPart.objects.create(file=file, number=number, content=content)
                number += 1
                crashpoint("export.part_kept")
        now.step, now.query, now.ended_at = Step.DONE, "", timezone.now()
        now.rows = now.done = len(ids)
        now.save(update_fields=["step", "query", "ended_at", "rows", "done"])
        record_exported(now, actor_of(row.user))
        tell(
            row.user_id,
            "export_done",
            params={"count": len(ids)},
            object_kind="export",
            object_id=row.pk,
        )
    return True
