"""What stands on the sheet of a departure, and how each kind of it goes to a receiver."""

from collections.abc import Iterator
from typing import NamedTuple

from evenhand.engine.facts import ItemKind
from evenhand.handover.holdings import CONTACT, ITEM_KINDS, chats_of, holdings_of
from evenhand.handover.models import DepartureLine
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.people.actor import SYSTEM, Actor
from evenhand.routing.desk import open_desk
from evenhand.routing.operations.acts import check_target
from evenhand.routing.operations.give import give_for

KINDS = (*ITEM_KINDS, CONTACT)


class Belonging(NamedTuple):
    """One thing that somebody has to hand over."""

    kind: str
    item_id: int
    points: int


def belongings_of(rep_id: int) -> Iterator[Belonging]:
    """All that somebody has to hand over now, by kind and id."""
    for one in holdings_of(rep_id):
        yield Belonging(one.kind, one.item_id, one.points)
    for contact_id in chats_of(rep_id):
        yield Belonging(CONTACT, contact_id, 0)


def is_his(line: DepartureLine, rep_id: int) -> bool:
    """Whether the thing is still with him; a chat stays until somebody says that he took it up."""
    if line.kind == CONTACT:
        return True
    rows = MODELS[line.kind]._default_manager.filter(pk=line.item_id)
    return rows.filter(state=State.OWNED, owner_id=rep_id).exists()


def hand(line: DepartureLine, *, to: int, actor: Actor) -> int | None:
    """Give the thing to its receiver, in the caller's transaction; returns the receipt's id.

    :raises CannotAct: the receiver left as well, or the ledger refuses it.
    """
    if line.kind == CONTACT:
        return None  # taking it up happens in the chat system; the sheet keeps who did
    desk = open_desk(ItemKind(line.kind), line.item_id)
    # The receiver accepted himself: whoever offered it to him was within reach of both.
    check_target(desk, SYSTEM, to)
    return give_for(desk, to=to, why="departure", actor=actor, is_told=False)
