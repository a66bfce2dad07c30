"""Reading rebalances: the list, one with its moves, and loads as the moves stand now."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from evenhand.leads.access import MODELS
from evenhand.leads.access import visible as visible_items
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.rebalance.access import visible
from evenhand.rebalance.models import MoveState, Rebalance, RebalanceMove
from evenhand.rebalance.names import TASK
from evenhand.tasks.access import visible as visible_tasks

_COUNTING = (MoveState.PROPOSED, MoveState.DONE, MoveState.KEPT)


def rebalances(actor: Actor) -> QuerySet[Rebalance]:
    """Rebalances that somebody may see, the newest first, with how many moves each has."""
    rows = visible(actor).select_related("team", "made_by")
    return rows.annotate(
        total=Count("moves", filter=~Q(moves__state=MoveState.OUT)),
        made=Count("moves", filter=Q(moves__state=MoveState.DONE)),
    ).order_by("-pk")


def moves_of(found: Rebalance) -> QuerySet[RebalanceMove]:
    """The moves of a rebalance, by who gives, the cheapest first."""
    rows = found.moves.select_related("from_rep__user", "to_rep__user")
    return rows.order_by("from_rep__user__name_key", "cost", "-load", "pk")


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A rep's load before and after the moves as they stand, beside the cap; micro-points."""

    rep_id: int
    name: str
    cap: int
    before: int
    after: int
    gives: int
    takes: int

    @property
    def percent_before(self) -> int:
        """Load before in percent of the cap."""
        return 100 * self.before // self.cap if self.cap else 0

    @property
    def percent_after(self) -> int:
        """Load after in percent of the cap."""
        return 100 * self.after // self.cap if self.cap else 0

    @property
    def is_over(self) -> bool:
        """Whether it stays above the cap."""
        return self.after > self.cap


def load_lines(found: Rebalance) -> list[LoadLine]:
    """Everybody's load before and after, the fullest first."""
    after = {rep: before for rep, _, before, _ in found.loads}
    gives = dict.fromkeys(after, 0)
    takes = dict.fromkeys(after, 0)
    for row in found.moves.filter(state__in=_COUNTING):
        after[row.from_rep_id] -= row.load
        after[row.to_rep_id] += row.load
        gives[row.from_rep_id] += 1
        takes[row.to_rep_id] += 1
    names = user_names(after.keys())
    lines = [
        LoadLine(rep, names.get(rep, ""), cap, before, after[rep], gives[rep], takes[rep])
        for rep, cap, before, _ in found.loads
    ]
    return sorted(lines, key=lambda one: (-one.percent_before, one.rep_id))


def titles(actor: Actor, rows: list[RebalanceMove]) -> dict[tuple[str, int], str]:
    """What items are called, those within the reader's reach."""
    found: dict[tuple[str, int], str] = {}
    for kind in MODELS:
        ids = [row.item_id for row in rows if row.item_kind == kind]
        if ids:
            known = visible_items(actor, kind).filter(pk__in=ids).values_list("pk", "name")
            found |= {(str(kind), pk): name for pk, name in known}
    tasks = [row.item_id for row in rows if row.item_kind == TASK]
    if tasks:
        named = visible_tasks(actor).filter(pk__in=tasks).values_list("pk", "title")
        found |= {(TASK, pk): title for pk, title in named}
    return found
