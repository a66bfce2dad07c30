"""Saying "I do not take it" (不接): what one was given goes on at once to somebody else.

Only while one has not accepted it: later it is handed back, with a reason like any other.
"""

from evenhand.engine.facts import ItemKind
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.pool.governing import governed, open_assignment
from evenhand.pool.keeping import ACCEPT
from evenhand.pool.refusals import refuse
from evenhand.routing.operations.acts import check_own, check_reason, reach
from evenhand.routing.operations.give_up import hand_back


def decline(kind: str, item_id: int, *, reason: str, note: str = "", actor: Actor) -> int:
    """Decline what one was asked to accept: refunded, and dealt at once to somebody else.

    The reasons are those of handing back. Returns the receipt's id.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: he does not hold it any more.
    :raises CannotKeep: he accepted it, or nobody asks him to accept.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("return", reason, note)
    item_kind = ItemKind(kind)
    reach(actor, item_kind, item_id, Right.RETURN)

    def still_asked() -> None:
        found = governed(open_assignment(kind, item_id), clock_now())
        if found.assignment.accepted_at is not None:
            raise refuse("decline.accepted")
        if ACCEPT not in found.running:
            raise refuse("decline.not_asked")

    def work() -> int:
        item = reach(actor, item_kind, item_id, Right.RETURN)
        check_own(item, str(item_id), actor)
        # Under the locks: he may have accepted it in another window a moment ago.
        receipt_id = hand_back(
            kind, item_id, reason=reason, note=note, actor=actor, check=still_asked
        )
        data = {"from": actor.user_id, "reason": reason}
        record(f"{kind}.declined", actor=actor, object_kind=kind, object_id=item_id, data=data)
        return receipt_id

    return in_transaction(work, again=(LoadsMoved,))
