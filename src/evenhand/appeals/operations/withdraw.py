"""Taking an appeal back while nobody has decided it."""

from evenhand.appeals.access import own_appeal
from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.operations.handing import refuse
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction


def withdraw(appeal_id: int, *, actor: Actor) -> Appeal:
    """Take one's own open appeal back; it may be filed anew.

    :raises NotAllowed, NotFound: not his.
    :raises CannotAppeal: it is decided, or was taken back already.
    """

    def work() -> Appeal:
        appeal = own_appeal(actor, appeal_id)
        if appeal.state != AppealState.OPEN:
            raise refuse("appeal.not_open")
        appeal.state, appeal.closed_at = AppealState.WITHDRAWN, clock_now()
        appeal.save(update_fields=["state", "closed_at"])
        record("appeal.withdrawn", actor=actor, object_kind="appeal", object_id=appeal.pk)
        return appeal

    return in_transaction(work)
