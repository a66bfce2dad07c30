"""An import before it runs: the file comes in, its columns and choices are settled, it starts."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.kinds.guess import guessed_kind
from evenhand.imports.mappings import fill_in, fingerprint_of, mappings_of
from evenhand.imports.models import Becomes, Import, Kind, Step
from evenhand.imports.operations.becoming import as_kind, check_settled
from evenhand.imports.operations.looking import looking
from evenhand.imports.operations.remember import remember
from evenhand.imports.operations.telling import tell_owners
from evenhand.imports.reading import LIMITS, FileGone, opened
from evenhand.imports.refusal import CannotImport as CannotImport
from evenhand.imports.shapes import shape_of
from evenhand.imports.stored import keep_content
from evenhand.journal.operations import record
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now
from evenhand.policies.queries import line_by_id
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.reading.table import Table

MOST_BYTES = 50_000_000
MOST_ROWS = 1_000_000
JOB = "evenhand:import_leads"
_SAMPLED = 100  # rows by which the kind is guessed where headings leave it open
_LONGEST_NAME = 60  # characters, which in UTF-8 are at most 240 of the 255 bytes of a file's name
_UNSAFE = re.compile(r"[^\w.() \-\u3000-\u9fff]+")


def upload(file_name: str, content: bytes, *, actor: Actor) -> Import:
    """Keep a file to look at. Nothing of it is taken in yet.

    :raises NotAllowed: the actor may not import.
    :raises CannotImport: it is too large, empty, or cannot be read.
    """
    demand(actor, Right.IMPORT)
    assert actor.user_id is not None, "a person uploads it"
    # No longer than a file system takes it in UTF-8, and never a folder.
    name = _UNSAFE.sub("_", Path(file_name).name)[-_LONGEST_NAME:].lstrip(".") or "file.csv"
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise CannotImport(reason("people.file_too_large", limit=limit), field="file")
    table, rows = _opened(name, content)
    estimate = table.row_estimate
    with transaction.atomic():
        row = Import(
            user_id=actor.user_id,
            file_name=name,
            byte_count=len(content),
            row_estimate=estimate,
            fingerprint=fingerprint_of(table),
            uploaded_at=timezone.now(),
        )
        _propose(row, table, rows)
        keep_content(row.pk, content)
        data = {"bytes": len(content), "rows": estimate}
        record("import.uploaded", actor=actor, object_kind="import", object_id=row.pk, data=data)
    return row


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose: line, source and campaign of rows that name none, and columns."""

    line_id: int | None
    source: str
    campaign: str
    columns: Mapping[str, str]  # heading → role, "" = as it was recognized


def choose(import_id: int, choices: Choices, *, actor: Actor) -> Import:
    """Settle how a file is read; it may be changed until it starts.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started, or a choice cannot be used.
    """
    with transaction.atomic():
        row = looking(import_id, actor)
        for name in ("source", "campaign"):
            text, limit = getattr(choices, name).strip(), TEXT_LIMITS[name]
            if len(text) > limit:
                raise CannotImport(reason("intake.too_long", limit=limit), field=name)
            setattr(row, name, text)
        if choices.line_id is not None and line_by_id(choices.line_id) is None:
            raise CannotImport(reason("people.choice_gone"), field="line")
        row.line_id = choices.line_id
        row.said = [f"{column}={role}" for column, role in choices.columns.items() if role]
        row.save(update_fields=["source", "campaign", "line", "said"])
        _check_readable(row)
    return row


def start(import_id: int, *, actor: Actor) -> Import:
    """Begin to take the rows in, by a job.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started, or the file cannot be read.
    """
    demand(actor, Right.TAKE_IN)
    with transaction.atomic():
        row = looking(import_id, actor)
        check_settled(row)
        _check_readable(row)
        if row.becomes == Becomes.PLAN or row.kind == Kind.TASK:
            demand(actor, Right.ASSIGN)
        row.step, row.started_at = Step.RUNNING, timezone.now()
        row.save(update_fields=["step", "started_at"])
        remember(row, actor=actor)
        data = {"rows": row.row_estimate}
        record("import.started", actor=actor, object_kind="import", object_id=row.pk, data=data)
        defer(row.pk)
    return row


def stop(import_id: int, *, actor: Actor) -> None:
    """Leave out the rows that are not in yet; what is in stays in.

    :raises NotAllowed, NotFound: as `access.import_for`.
    """
    row = import_for(actor, import_id)
    rows = Import.objects.filter(pk=row.pk, step=Step.RUNNING)
    with transaction.atomic():
        if rows.update(step=Step.STOPPED, ended_at=timezone.now()):
            record("import.stopped", actor=actor, object_kind="import", object_id=row.pk)
            tell_owners(row)
            if row.becomes == Becomes.PLAN:
                defer(row.pk)  # what is in becomes a plan


def defer(import_id: int) -> None:
    """Have the job go through an import: in this transaction, so that both are there or none."""
    job = app.configure_task(JOB, queue="long", lock=f"import:{import_id}")
    job.defer(import_id=import_id)


def _check_readable(row: Import) -> None:
    try:
        with opened(row):
            pass
    except FileGone:
        raise CannotImport(reason("import.file_gone")) from None
    except (UnreadableSheet, UnreadableOverride) as error:
        raise CannotImport(error.reason, field="columns") from error


def _propose(row: Import, table: Table, rows: Sequence[Row]) -> None:
    """Fill in what was confirmed last for these headings, or what their platform is known for."""
    as_kind(row, guessed_kind(table.header, row.file_name, rows, today=company_day(now())))
    if known := mappings_of(row.fingerprint):
        fill_in(row, known[0])
        as_kind(row, row.kind)
    elif shape := shape_of(table.header):
        row.source = shape.source
        row.said = [
            f"{name}={role}" for name, role in shape.columns.items() if name in table.header
        ]
    row.save()


def _opened(name: str, content: bytes) -> tuple[Table, Sequence[Row]]:
    """The file, and its first rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            table = open_table(path, limits=LIMITS)
        except UnreadableSheet as error:
            raise CannotImport(error.reason, field="file") from error
        # Headings, footers and blank lines are counted as well.
        if table.row_estimate > MOST_ROWS + MOST_ROWS // 20:
            raise CannotImport(reason("import.too_many_rows", limit=MOST_ROWS), field="file")
        try:
            return table, table.sample(_SAMPLED)
        except UnreadableSheet:  # the look says what is wrong
            return table, []
