"""The second person confirms an export or refuses it; who asked takes it back."""

from django.db import transaction
from django.utils import timezone

from evenhand.exports.access import export_to_confirm, own_export
from evenhand.exports.models import Export, ExportFile, Step
from evenhand.exports.operations.ask import defer
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor


def confirm(export_id: int, *, actor: Actor) -> None:
    """Let a colleague's export be made.

    :raises NotFound: nothing of this kind waits for the actor.
    """
    with transaction.atomic():
        row = export_to_confirm(actor, export_id)
        row.step, row.decided_by_id, row.decided_at = Step.RUNNING, actor.user_id, timezone.now()
        row.save(update_fields=["step", "decided_by", "decided_at"])
        record("export.confirmed", actor=actor, object_kind="export", object_id=row.pk)
        defer(row.pk)


def refuse(export_id: int, *, actor: Actor) -> None:
    """Refuse a colleague's export.

    :raises NotFound: as `confirm`.
    """
    with transaction.atomic():
        row = export_to_confirm(actor, export_id)
        now = timezone.now()
        row.step, row.decided_by_id, row.decided_at = Step.REFUSED, actor.user_id, now
        row.ended_at, row.query = now, ""
        row.save(update_fields=["step", "decided_by", "decided_at", "ended_at", "query"])
        record("export.refused", actor=actor, object_kind="export", object_id=row.pk)
        tell(
            row.user_id,
            "export_refused",
            params={"by": actor.user_id, "count": row.rows},
            object_kind="export",
            object_id=row.pk,
        )


def cancel(export_id: int, *, actor: Actor) -> None:
    """Take back what one asked for, or drop its file before its time is over.

    :raises NotFound: it is not his.
    """
    with transaction.atomic():
        row = own_export(actor, export_id)
        moving = Export.objects.filter(pk=row.pk, step__in=(Step.WAITING, Step.RUNNING))
        if moving.update(step=Step.CANCELED, query="", ended_at=timezone.now()):
            record("export.canceled", actor=actor, object_kind="export", object_id=row.pk)
        ExportFile.objects.filter(pk=row.pk).delete()
