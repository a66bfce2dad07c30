"""Releasing the leads that an import left aside: from then on the rules deal them."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.models import Import
from evenhand.journal.operations import record
from evenhand.leads.models import Lead, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand


def release(import_id: int, *, actor: Actor) -> int:
    """Queue all leads of an import that lie aside; the sweep deals them, the oldest first.

    Returns how many; asked again, none.

    :raises NotAllowed, NotFound: as `access.import_for`; assigning is a right of its own.
    """
    demand(actor, Right.ASSIGN)
    row = import_for(actor, import_id)
    with transaction.atomic():
        count = _aside(row).update(
            state=State.QUEUED,
            queued_at=timezone.now(),
            why_unassigned=reason("unassigned.released").as_json(),
        )
        if count:
            data = {"count": count}
            record(
                "import.released", actor=actor, object_kind="import", object_id=row.pk, data=data
            )
    return count


def lying_aside(row: Import) -> int:
    """How many leads of an import wait for somebody to say that they be dealt."""
    return int(_aside(row).count())


def _aside(row: Import) -> QuerySet[Lead]:
    rows = row.rows.filter(lead_id__isnull=False, is_undone=False).values("lead_id")
    return Lead.objects.filter(pk__in=rows, state=State.UNTENDED)
