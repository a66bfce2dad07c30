"""Undoing an import: what it made and nobody has touched since is taken back, as its kind does it.

What somebody has touched stays, and says why. A job goes through the rows; what died goes on.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.imports.access import import_for
from evenhand.imports.kinds.all import kind_of
from evenhand.imports.models import Import, ImportRow, Outcome, Step
from evenhand.imports.operations.begin import CannotImport, defer
from evenhand.imports.operations.telling import tell_of_undone
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed, Right, actor_of, demand, may
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import NotFound, Refused
from evenhand.platform.transactions import in_transaction

_AT_ONCE = 50
_HANGS = "import.has_what_hangs_on_it"


def undo(import_id: int, *, actor: Actor) -> Import:
    """Begin to take an import back.

    :raises NotAllowed, NotFound: as `access.import_for`; voiding is a right of its own.
    :raises CannotImport: it has not run, or is still running.
    """
    demand(actor, Right.VOID)
    with transaction.atomic():
        row = import_for(actor, import_id)
        rows = Import.objects.filter(pk=row.pk, step__in=(Step.DONE, Step.STOPPED))
        if not rows.update(step=Step.UNDOING, ended_at=None, undone_by_id=actor.user_id):
            raise CannotImport(reason("import.not_to_undo"))
        record("import.undo_begun", actor=actor, object_kind="import", object_id=row.pk)
        defer(row.pk)
    return Import.objects.get(pk=row.pk)


def run_undo(import_id: int) -> None:
    """Void what is left to void; called again, it goes on. For the job."""
    row = Import.objects.select_related("user").get(pk=import_id)
    if row.step != Step.UNDOING:
        return
    # What was here before stays, and says so.
    met = row.rows.filter(outcome=Outcome.MERGED, kept_why__isnull=True)
    met.update(kept_why=reason("import.was_there").as_json())
    made = row.rows.filter(outcome=Outcome.CREATED, is_undone=False)
    is_less = True
    while (
        is_less
    ):  # what hung on something is gone meanwhile: a company whose parent has a later row
        made.filter(kept_why__code=_HANGS).update(kept_why=None)
        is_less = _undo_all(row, made.filter(kept_why__isnull=True))
    with transaction.atomic():
        ended = Import.objects.filter(pk=row.pk, step=Step.UNDOING)
        if ended.update(step=Step.UNDONE, ended_at=timezone.now()):
            data = {
                "count": row.rows.filter(is_undone=True).count(),
                "kept": row.rows.filter(kept_why__isnull=False).count(),
            }
            record("import.undone", actor=SYSTEM, object_kind="import", object_id=row.pk, data=data)
            tell_of_undone(row)


def _undo_all(row: Import, waiting: QuerySet[ImportRow]) -> bool:
    """Undo these rows, the last of the file first; whether any was undone."""
    is_any = False
    while found := list(waiting.order_by("-number")[:_AT_ONCE]):
        actor = _acting(row)
        for one in found:
            is_any |= _undo_one(row, one, actor)
            crashpoint("import.between_undone")
    return is_any


def _acting(row: Import) -> Actor | None:
    """Whoever takes the import back, as he is now; None = he may not any more."""
    user = User.objects.get(pk=row.undone_by_id or row.user_id)
    actor = actor_of(user)
    return actor if user.is_active and may(actor, Right.VOID) else None


def _undo_one(row: Import, one: ImportRow, actor: Actor | None) -> bool:
    """Undo a row, or note why it stays; whether it is undone."""

    def work() -> None:
        if actor is None:
            raise NotAllowed(Right.VOID)
        kind_of(row).undo(row, one, actor=actor)
        ImportRow.objects.filter(pk=one.pk).update(is_undone=True)

    try:
        in_transaction(work)
    except Refused as refusal:
        _keep(one, refusal.why)
        return False
    except (NotFound, NotAllowed):
        _keep(one, reason("act.out_of_reach"))
        return False
    return True


def _keep(one: ImportRow, why: Reason) -> None:
    ImportRow.objects.filter(pk=one.pk, is_undone=False).update(kept_why=why.as_json())
