"""Asking once more, with new facts: somebody else decides."""

from evenhand.appeals.access import own_appeal
from evenhand.appeals.deadline import answer_due
from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.operations.file import check_open, check_text
from evenhand.appeals.operations.handing import decider_of, refuse, tell_deciders
from evenhand.appeals.rules import APPEAL_WITHIN
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction


def reopen(appeal_id: int, facts: str, *, actor: Actor) -> Appeal:
    """Open one's own rejected appeal again; `facts` is what the first decider did not know.

    :raises NotAllowed, NotFound: not his.
    :raises CannotAppeal: no new facts, it was not rejected, was reopened before, or it is too late.
    """
    demand(actor, Right.APPEAL)
    facts = facts.strip()
    if not facts:
        raise refuse("appeal.facts_missing", field="facts")
    check_text(facts, "facts")

    def work() -> Appeal:
        # The order of filing: the person, then the appeal.
        locked = User.objects.select_for_update(of=("self",), no_key=True)
        person = locked.get(pk=actor.user_id or 0)
        appeal = own_appeal(actor, appeal_id)
        now = clock_now()
        if appeal.state != AppealState.REJECTED or appeal.closed_at is None:
            raise refuse("appeal.not_rejected")
        if appeal.reopened_at is not None:
            raise refuse("appeal.reopened_already")
        if appeal.closed_at < now - APPEAL_WITHIN:
            raise refuse("appeal.too_late", limit=APPEAL_WITHIN.days)
        check_open(person, appeal.item_kind, appeal.item_id)
        appeal.state, appeal.closed_at, appeal.overdue_at = AppealState.OPEN, None, None
        appeal.reopened_at, appeal.facts, appeal.due_at = now, facts, answer_due(now)
        appeal.decider_id = decider_of(appeal)
        appeal.save()
        data = {"to": appeal.decider_id}
        record("appeal.reopened", actor=actor, object_kind="appeal", object_id=appeal.pk, data=data)
        tell_deciders(appeal, "appeal_reopened", needed_by=None)
        return appeal

    return in_transaction(work)
