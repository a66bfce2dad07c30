"""The gate: which items somebody may reach, and which of their fields are masked.

No page, API call or job gets an item by id in any other way. Out of reach and not there are the
same answer.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.leads.guidance import beside_in_sql
from evenhand.leads.models import Company, Held, Lead, Opportunity, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, may, sees_everybody
from evenhand.platform.refusal import NotFound as NotFound
from evenhand.platform.row_objects import row_where, rows_where
from evenhand.platform.rows import array_of

MODELS: dict[str, type[Held]] = {
    ItemKind.LEAD: Lead,
    ItemKind.ACCOUNT: Company,
    ItemKind.OPPORTUNITY: Opportunity,
}
LARGEST_ID = 2**63 - 1  # of a bigint
_LOCK = "FOR NO KEY UPDATE"  # rows that refer to it may come meanwhile


class Reach(NamedTuple):
    """Which held items somebody may see: the gate, of which both ways of asking are made."""

    owners: tuple[int, ...] | None = ()  # whose; None = of everybody, and what nobody holds
    states: tuple[str, ...] = ()  # in these whoever holds them, which is nobody


def reach_of(actor: Actor) -> Reach:
    """What the actor may see."""
    if not may(actor, Right.SEE_ITEMS):
        return Reach()
    if sees_everybody(actor):
        return Reach(None)
    owners = actor.reps | ({actor.user_id} if actor.user_id is not None else set())
    # What nobody holds: leads that wait, companies that nobody was asked to look after.
    waiting = (State.QUEUED, State.UNTENDED) if may(actor, Right.SEE_UNASSIGNED) else ()
    return Reach(tuple(sorted(owners)), waiting)


def within_reach(actor: Actor) -> Q:
    """The condition on a row of held items that the actor may see it."""
    owners, states = reach_of(actor)
    if owners is None:
        return Q()
    # Ids, not a join: an index over owners answers also where this is one of two alternatives.
    reach = Q(owner_id__in=owners)
    return reach | Q(state__in=states) if states else reach


def reach_in_sql(actor: Actor, table: str) -> tuple[str, list[str]]:
    """The same condition for statements that stay prepared: SQL over a table, and its values."""
    owners, states = reach_of(actor)
    if owners is None:
        return "TRUE", []
    if not owners and not states:
        return "FALSE", []
    reach, values = f"{table}.owner_id = ANY(%s::bigint[])", [array_of(owners, "bigint")]
    if len(owners) == 1:  # an index gives the order of one owner's rows, and of no list's
        reach, values = f"{table}.owner_id = %s", [str(owner) for owner in owners]
    if states:
        listed = ", ".join(f"'{state}'" for state in states)
        reach = f"({reach} OR {table}.state IN ({listed}))"
    return reach, values


def is_one_reach(reach: str) -> bool:
    """Whether one plan suits all who have such a reach: of everything, or of one owner."""
    return "ANY(" not in reach


def readable_in_sql(actor: Actor, kind: str, table: str) -> tuple[str, list[str]]:
    """The same, and what a mentor stands beside: to be read by id, in no list of his.

    For a few ids at a time.
    """
    reach, values = reach_in_sql(actor, table)
    if actor.user_id is None or not actor.is_rep or reach in ("TRUE", "FALSE"):
        return reach, values
    beside, more = beside_in_sql(kind, table, actor.user_id)
    return f"({reach} OR {beside})", [*values, *more]


def visible(actor: Actor, kind: str = ItemKind.LEAD) -> QuerySet[Any]:
    """All items of a kind that the actor may see."""
    return MODELS[kind]._default_manager.filter(within_reach(actor))


def item_for(
    actor: Actor,
    kind: str,
    item_id: int,
    right: Right = Right.SEE_ITEMS,
    *,
    along: Sequence[str] = (),
) -> Any:
    """An item by id, for somebody who wants to do something with it; `along` says which
    rows beside it are read with it.

    :raises NotAllowed: he may not do this to any item.
    :raises NotFound: there is no such item within his reach.
    """
    demand(actor, right)
    if kind not in MODELS or not 0 <= item_id <= LARGEST_ID:
        raise NotFound(kind, item_id)
    model = MODELS[kind]
    table = model._meta.db_table
    if right is Right.SEE_ITEMS:
        reach, values = readable_in_sql(actor, kind, table)
    else:
        reach, values = reach_in_sql(actor, table)
    condition = f"{table}.id = %s AND {reach}"
    found = row_where(model, condition, [str(item_id), *values], along=along)
    if found is None:
        raise NotFound(kind, item_id)
    return found


def locked_item(actor: Actor, kind: str, item_id: int, right: Right) -> Any:
    """An item by id, locked until the transaction ends, for somebody who changes it.

    :raises NotAllowed: he may not do this to any item.
    :raises NotFound: there is no such item within his reach.
    """
    demand(actor, right)
    if kind not in MODELS or not 0 <= item_id <= LARGEST_ID:
        raise NotFound(kind, item_id)
    table = MODELS[kind]._meta.db_table
    reach, values = reach_in_sql(actor, table)
    condition = f"{table}.id = %s AND {reach} {_LOCK}"
    found = rows_where(MODELS[kind], condition, [str(item_id), *values])
    if not found:
        raise NotFound(kind, item_id)
    return found[0]


def lead_for(
    actor: Actor, lead_id: int, right: Right = Right.SEE_ITEMS, *, along: Sequence[str] = ()
) -> Lead:
    """A lead by id; as `item_for`."""
    lead: Lead = item_for(actor, ItemKind.LEAD, lead_id, right, along=along)
    return lead


def items_for(
    actor: Actor, kind: str, ids: Iterable[int], right: Right = Right.SEE_ITEMS
) -> list[Any]:
    """Several items by id, all or none: one out of reach refuses the whole list.

    :raises NotAllowed: he may not do this to any item.
    :raises NotFound: one of them is not within his reach.
    """
    demand(actor, right)
    wanted = list(dict.fromkeys(ids))
    found = {item.pk: item for item in visible(actor, kind).filter(pk__in=wanted)}
    for item_id in wanted:
        if item_id not in found:
            raise NotFound(kind, item_id)
    return [found[item_id] for item_id in wanted]
