"""Putting an account or an opportunity up for distribution: from then on the rules decide."""

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS, items_for
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.transactions import in_transaction
from evenhand.routing.deal import Placement
from evenhand.routing.desk import hold_books_in, refuse
from evenhand.routing.facts import item_key
from evenhand.routing.retry import deal_queued
from evenhand.routing.world import world_of


def distribute(kind: str, ids: list[int], *, line_key: str = "", actor: Actor) -> list[Placement]:
    """Let the rules of a line ("" = the default one) give these items to somebody.

    All of them or none; an item that somebody holds is refused.

    :raises NotAllowed, NotFound: not his to do, or one of them is out of his reach.
    :raises NoSuchLine: no such line, or nothing is live in it.
    :raises CannotAct: somebody holds one of them already.
    """
    item_kind = ItemKind(kind)
    items_for(actor, item_kind, ids, Right.ASSIGN)

    def work() -> list[Placement]:
        world = world_of(line_key)
        hold_books_in(world, item_kind, ids)
        free = MODELS[item_kind]._default_manager.filter(
            pk__in=ids, state__in=(State.UNTENDED, State.QUEUED)
        )
        moved = free.update(
            state=State.QUEUED, line_id=world.live.line_id, queued_at=timezone.now()
        )
        if moved != len(set(ids)):
            taken = set(ids) - set(free.values_list("pk", flat=True))
            raise refuse("act.not_free", item=item_key(item_kind, min(taken)))
        return deal_queued(world, item_kind, ids, actor=actor)

    return in_transaction(work, again=(LoadsMoved,))
