"""How far an act on many leads is, and what of it was refused, for whoever began it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from evenhand.people.actor import Actor
from evenhand.platform.refusal import NotFound
from evenhand.routing.models import LongAct, LongActItem


@dataclass(frozen=True, slots=True)
class Progress:
    """How many leads an act is about, and what became of them."""

    total: int
    done: int
    refused: int

    @property
    def settled(self) -> int:
        """How many it has been through."""
        return self.done + self.refused

    @property
    def waiting(self) -> int:
        """How many it has not come to."""
        return self.total - self.settled


def long_act_for(actor: Actor, act_id: int) -> LongAct:
    """An act that this person began.

    :raises NotFound: there is none, or somebody else began it.
    """
    found = LongAct.objects.filter(pk=act_id, user_id=actor.user_id or 0).first()
    if found is None:
        raise NotFound("long_act", act_id)
    return found


def progress_of(act: LongAct) -> Progress:
    """How far it is."""
    counts = LongActItem.objects.filter(long_act=act).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state="done")),
        refused=Count("pk", filter=Q(state="refused")),
    )
    return Progress(**counts)


def refusals_of(act: LongAct, *, most: int = 200) -> Sequence[LongActItem]:
    """The leads that were refused, with their reasons, the first ones first."""
    return list(act.items.filter(state="refused").order_by("pk")[:most])
