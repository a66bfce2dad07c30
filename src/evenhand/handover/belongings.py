"""What stands on the sheet of a departure, and how each kind of it goes to a receiver."""

from collections.abc import Iterator
from typing import NamedTuple

from evenhand.handover.holdings import (
    BY_HAND,
    CONTACT,
    ELSEWHERE,
    ITEM_KINDS,
    TASK,
    chats_of,
    holdings_of,
    tasks_of,
)
from evenhand.handover.models import DepartureLine
from evenhand.handover.moving import is_with, pass_on
from evenhand.people.actor import Actor

KINDS = (*ITEM_KINDS, TASK, CONTACT, BY_HAND)


class Belonging(NamedTuple):
    """One thing that somebody has to hand over."""

    kind: str
    item_id: int
    points: int


def belongings_of(rep_id: int) -> Iterator[Belonging]:
    """All that somebody has to hand over now, by kind and id."""
    for one in (*holdings_of(rep_id), *tasks_of(rep_id)):
        yield Belonging(one.kind, one.item_id, one.points)
    for contact_id in chats_of(rep_id):
        yield Belonging(CONTACT, contact_id, 0)


def is_his(line: DepartureLine, rep_id: int) -> bool:
    """Whether the thing is still with him; what is elsewhere stays until somebody says that he
    took it up."""
    return line.kind in ELSEWHERE or is_with(line.kind, line.item_id, rep_id)


def hand(line: DepartureLine, *, holder: int, to: int, actor: Actor) -> int | None:
    """Give the thing to its receiver, in the caller's transaction; returns the receipt's id.

    The receiver accepted himself: whoever offered it to him was within reach of both. Somebody
    has to look after it, so that the customer's peace does not keep it from anybody.

    :raises Refused: the receiver left as well, or the ledger refuses it.
    """
    if line.kind in ELSEWHERE:
        return None  # taking it up happens in the other system; the sheet keeps who did
    return pass_on(
        line.kind, line.item_id, holder=holder, to=to, why="departure", keeps_peace=False,
        actor=actor,
    )  # fmt: skip
