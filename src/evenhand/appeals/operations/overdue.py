"""Appeals that nobody answered in time go to sales operations, once."""

from datetime import datetime

from django.db import transaction

from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.operations.handing import tell_deciders
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM


def pass_on_overdue(now: datetime) -> int:
    """Hand open appeals whose time is up to sales operations, and tell them; how many."""
    waiting = Appeal.objects.filter(state=AppealState.OPEN, due_at__lt=now, overdue_at=None)
    return sum(_pass_on(pk, now) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _pass_on(appeal_id: int, now: datetime) -> bool:
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("receipt", "person")
    # Read again under its lock: it may just have been answered, or passed on.
    appeal = rows.filter(
        pk=appeal_id, state=AppealState.OPEN, due_at__lt=now, overdue_at=None
    ).first()
    if appeal is None:
        return False
    was = appeal.decider_id
    appeal.overdue_at, appeal.decider_id = now, None
    appeal.save(update_fields=["overdue_at", "decider_id"])
    data = {"from": was}
    record("appeal.overdue", actor=SYSTEM, object_kind="appeal", object_id=appeal.pk, data=data)
    tell_deciders(appeal, "appeal_overdue", needed_by=now)
    return True
