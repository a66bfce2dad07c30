"""What the live rules of a line would be put over that is held already: counted, nothing written.

Publishing alone touches nothing that somebody holds: its clocks run on under the version they began
with. Who wants otherwise chooses it, sees how many, and then the clocks begin on that day.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS
from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.models import Line, PolicyVersion, VersionState


@dataclass(frozen=True, slots=True)
class Reach:
    """How many items that people hold would get the clocks of the live version, by kind."""

    version: int  # its id
    number: int
    counts: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return sum(count for _, count in self.counts)


def preview_reach(line: Line, *, actor: Actor) -> Reach | None:
    """How far the live version of a line would reach back; None = nothing is live there.

    :raises NotAllowed: the actor may not edit rules.
    """
    demand(actor, Right.EDIT_POLICY)
    live = PolicyVersion.objects.filter(line=line, state=VersionState.LIVE).first()
    if live is None:
        return None
    counts = tuple((str(kind), out_of_reach(line, live.pk, kind).count()) for kind in KINDS)
    return Reach(live.pk, live.number, tuple((kind, count) for kind, count in counts if count))


KINDS = (ItemKind.LEAD, ItemKind.ACCOUNT, ItemKind.OPPORTUNITY)


def out_of_reach(line: Line, version_id: int, kind: str) -> QuerySet[Assignment]:
    """What people hold of a line whose clocks run under another version than this."""
    items = MODELS[kind]._default_manager.filter(line=line).values("pk")
    rows = Assignment.objects.filter(item_kind=kind, item_id__in=items, closed_at=None)
    return rows.exclude(clocks_policy_id=version_id, clocks_policy_id__isnull=False)
