"""Taking the rows of a file in, part by part; what died goes on behind the last part.

Records of a part and where its rows ended are written in one transaction, and rows are read in the
same order every time: no row is taken in twice, and none is lost.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.imports.kinds.all import kind_of
from evenhand.imports.kinds.base import Ended
from evenhand.imports.models import Import, ImportFile, ImportRow, Outcome, Step
from evenhand.imports.operations.planning import make_plan
from evenhand.imports.operations.telling import tell_owners
from evenhand.imports.reading import FileGone, ReadRow, RowFile, opened
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed, Right, actor_of, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.reading.rows import LeftOut

_AT_ONCE = 250


def run(import_id: int) -> None:
    """Take in what is left of an import; called again, it goes on. For the job."""
    row = Import.objects.select_related("user", "line").get(pk=import_id)
    if row.step != Step.RUNNING:
        make_plan(import_id)  # of what is in, where it was stopped
        return
    left_out: list[LeftOut] = []
    why: Reason | None = None
    try:
        with opened(row) as file:
            for part in _parts(file, row.position, left_out):
                if not _take(row, part):
                    make_plan(import_id)
                    return
                crashpoint("import.between_parts")
    except FileGone:
        why = reason("import.file_gone")
    except (UnreadableSheet, UnreadableOverride) as error:
        why = error.reason
    except Refused as refusal:  # a pool that is no more, a line that was closed
        why = refusal.why
    except NotAllowed:
        why = reason("act.out_of_reach")
    _end(row, left_out, why)
    make_plan(import_id)


def _parts(file: RowFile, behind: int, left_out: list[LeftOut]) -> Iterator[Sequence[ReadRow]]:
    rows = (one for one in file.rows(left_out=left_out) if one.number > behind)
    while part := list(islice(rows, _AT_ONCE)):
        yield part


def _take(row: Import, part: Sequence[ReadRow]) -> bool:
    """Take in one part, unless the import was stopped meanwhile; whether it goes on."""

    def work() -> bool:
        if not Import.objects.select_for_update().filter(pk=row.pk, step=Step.RUNNING):
            return False
        # Whoever lost his rights since then imports nothing more.
        user = User.objects.get(pk=row.user_id)
        actor = actor_of(user)
        demand(actor, Right.IMPORT)
        if not user.is_active:
            raise NotAllowed(Right.IMPORT)
        _write(row, part, actor)
        return True

    return in_transaction(work, again=(LoadsMoved,))


def _write(row: Import, part: Sequence[ReadRow], actor: Actor) -> None:
    good = [(one.number, one.record) for one in part if one.record is not None]
    ended = kind_of(row).write(row, good, actor=actor)
    rejected = Ended(Outcome.REJECTED)
    ImportRow.objects.bulk_create(
        ImportRow(
            import_of=row,
            number=one.number,
            outcome=found.outcome,
            lead_id=found.lead_id,
            made_id=found.made_id,
            kept_why=None if found.why is None else found.why.as_json(),
        )
        for one in part
        for found in (ended.get(one.number, rejected),)
    )
    Import.objects.filter(pk=row.pk).update(position=part[-1].number)
    crashpoint("import.part_written")


def _end(row: Import, left_out: Sequence[LeftOut], why: Reason | None) -> None:
    """Account for the rows that are no leads, and tell whoever imported once."""
    with transaction.atomic():
        ended_row = Import.objects.select_for_update().filter(pk=row.pk).first()
        if ended_row is None or ended_row.step != Step.RUNNING:
            return
        ImportRow.objects.bulk_create(
            (
                ImportRow(
                    import_of=row,
                    number=one.number,
                    outcome=Outcome.REJECTED if one.is_rejected else Outcome.LEFT_OUT,
                )
                for one in left_out
            ),
            ignore_conflicts=True,
            batch_size=1_000,
        )
        Import.objects.filter(pk=row.pk).update(
            step=Step.DONE, ended_at=timezone.now(), why=None if why is None else why.as_json()
        )
        crashpoint("import.ended")
        if ended_row.drops_file:
            ImportFile.objects.filter(pk=row.pk).delete()
        created = row.rows.filter(outcome=Outcome.CREATED).count()
        rejected = row.rows.filter(outcome=Outcome.REJECTED).count()
        data = {"created": created, "rejected": rejected}
        record("import.done", actor=SYSTEM, object_kind="import", object_id=row.pk, data=data)
        tell(
            row.user_id,
            "import_done",
            params={"count": created},
            object_kind="import",
            object_id=row.pk,
        )
        tell_owners(row)
