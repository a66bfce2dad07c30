"""Several items by hand at once: all or none, each with its own booking and receipt."""

from collections.abc import Callable, Sequence

from evenhand.engine.reasons import reason
from evenhand.people.actor import Actor
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import CannotAct
from evenhand.routing.operations.give import assign, transfer

MOST_AT_ONCE = 200


def assign_many(
    kind: str, ids: Sequence[int], *, to: int, why: str, note: str = "", actor: Actor
) -> int:
    """Assign several unassigned items to one rep; how many. Raises as `assign`."""
    return _each(ids, lambda one: assign(kind, one, to=to, reason=why, note=note, actor=actor))


def transfer_many(
    kind: str, ids: Sequence[int], *, to: int, why: str, note: str = "", actor: Actor
) -> int:
    """Transfer several items to one rep; how many. Raises as `transfer`."""
    return _each(ids, lambda one: transfer(kind, one, to=to, reason=why, note=note, actor=actor))


def _each(ids: Sequence[int], act: Callable[[int], object]) -> int:
    """Do it to all of them in id order, in one transaction.

    :raises CannotAct: none, or more than 200.
    """
    wanted = sorted(set(ids))
    if not wanted:
        raise CannotAct(reason("work.nothing_chosen"))
    if len(wanted) > MOST_AT_ONCE:
        raise CannotAct(reason("work.too_many", count=len(wanted), limit=MOST_AT_ONCE))

    def all_of_them() -> None:
        for one in wanted:
            act(one)

    in_transaction(all_of_them)
    return len(wanted)
