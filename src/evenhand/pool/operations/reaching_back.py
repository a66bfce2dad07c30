"""Putting the live rules of a line over what people hold already; off unless somebody chooses it.

The clocks begin on that day, so that nobody finds something overdue in the morning.
"""

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import lock_live
from evenhand.policies.models import Line
from evenhand.pool.reaching import KINDS, out_of_reach
from evenhand.pool.refusals import refuse


def reach_back(line: Line, *, version: int, actor: Actor) -> int:
    """Put the live version over what is held under another one; how many items.

    `version` is the id of the version that was previewed.

    :raises NotAllowed: the actor may not edit rules.
    :raises CannotKeep: another version is live by now.
    """
    demand(actor, Right.EDIT_POLICY)

    def work() -> int:
        live = lock_live(line.key)
        if live.version_id != version:
            raise refuse("reach.other_rules")
        now, count = clock_now(), 0
        for kind in KINDS:
            count += out_of_reach(line, version, str(kind)).update(
                clocks_policy_id=version, clocks_from=now, wound_at=None
            )
        if count:
            data = {"version": version, "count": count}
            record(
                "clocks.reached_back", actor=actor, object_kind="line", object_id=line.pk, data=data
            )
        return count

    return in_transaction(work)
