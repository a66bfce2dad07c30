"""Making to-dos by hand: one, for everything that a filter finds, or the rows of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS, item_for, items_for
from evenhand.leads.models import State
from evenhand.leads.queries.accounts import accounts_within
from evenhand.leads.queries.filters import account_filter, lead_filter, opportunity_filter
from evenhand.leads.queries.leads import leads_within
from evenhand.leads.queries.opportunities import opportunities_within
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone
from evenhand.people.scope import Right, demand, may
from evenhand.platform.clock import now
from evenhand.platform.transactions import in_transaction
from evenhand.tasks.making import (
    HOLDER,
    MARKET,
    OWN,
    REP,
    RULES,
    Made,
    Wish,
    make,
    make_all,
    world_for_tasks,
)
from evenhand.tasks.models import Task
from evenhand.tasks.operations.giving import check_receiver
from evenhand.tasks.refusals import refuse

WAYS = (HOLDER, RULES, MARKET, REP, OWN)
MOST_OF_A_FILTER = 20_000
MOST_MINUTES = 10_080
_FILTERS: Mapping[str, Callable[..., Any]] = {
    ItemKind.LEAD.value: lead_filter,
    ItemKind.ACCOUNT.value: account_filter,
    ItemKind.OPPORTUNITY.value: opportunity_filter,
}


def create(wish: Wish, *, line: str = "", via: str = "hand", actor: Actor) -> Task:
    """Make one to-do: for oneself, or, for who assigns, for somebody, the rules or the market.

    :raises NotAllowed, NotFound: not his to do, or what it is for is out of his reach.
    :raises CannotDo: the type is not there, or something typed cannot be.
    """
    settled = _settled(wish, actor)

    def work() -> Made:
        world, ours = world_for_tasks(line)
        (made,) = make(world, ours, [settled], via=via, actor=actor)
        return made

    made = in_transaction(work)
    return Task.objects.select_related("line").get(pk=made.id)


def create_rows(
    wishes: Sequence[Wish], *, line: str = "", via: str = "file", actor: Actor
) -> list[Made]:
    """Make many, each as `create` would, in portions of a thousand. Those of a file are told of
    by who imports it, once.

    :raises NotAllowed: he may not give to-dos to others.
    :raises NotFound, CannotDo: as `create`; portions before it stay made.
    """
    demand(actor, Right.ASSIGN)
    for kind in MODELS:
        ids = {one.link[1] for one in wishes if one.link is not None and one.link[0] == kind}
        if ids:
            items_for(actor, kind, ids)
    for rep_id in {one.rep_id for one in wishes if one.rep_id is not None}:
        check_receiver(rep_id, actor)
    return make_all([_checked(one) for one in wishes], line=line, via=via, actor=actor)


@dataclass(frozen=True, slots=True)
class Found:
    """How many to-dos a filter would make; more than `MOST_OF_A_FILTER` are refused."""

    count: int
    is_too_many: bool


def count_of_filter(kind: str, params: Mapping[str, str], *, actor: Actor) -> Found:
    """How many leads, accounts or opportunities a filter finds, to ask before making to-dos.

    :raises NotAllowed: he may not give to-dos to others.
    """
    demand(actor, Right.ASSIGN)
    count = len(_ids_of_filter(kind, params, actor))
    return Found(min(count, MOST_OF_A_FILTER), count > MOST_OF_A_FILTER)


def create_for_filter(
    wish: Wish,
    kind: str,
    params: Mapping[str, str],
    *,
    line: str = "",
    seen: int | None = None,
    actor: Actor,
) -> list[Made]:
    """Make a to-do for everything that a filter finds; `seen` is how many the person saw.

    :raises NotAllowed: he may not give to-dos to others.
    :raises CannotDo: nothing is found, too many, or another number than he saw by a tenth.
    """
    demand(actor, Right.ASSIGN)
    ids = _ids_of_filter(kind, params, actor)
    if not ids:
        raise refuse("filter_empty")
    if len(ids) > MOST_OF_A_FILTER:
        raise refuse("filter_too_many", limit=MOST_OF_A_FILTER)
    if seen is not None and abs(len(ids) - seen) > max(seen // 10, 1):
        raise refuse("filter_changed", count=len(ids))
    settled = _checked(wish)
    if settled.rep_id is not None:
        check_receiver(settled.rep_id, actor)
    wishes = [replace(settled, link=(kind, one)) for one in ids]
    return make_all(wishes, line=line, via="filter", actor=actor)


def check_filter(kind: str, params: Mapping[str, str]) -> None:
    """Refuse a filter of a program in which something says nothing: it would find too much.

    :raises CannotDo: a name or value of it is not understood.
    """
    if kind not in _FILTERS:
        raise refuse("kind_unknown", "kind")
    zone, build = company_zone().key, _FILTERS[kind]
    whole = build(params, zone=zone)
    for name, value in params.items():
        rest = {key: one for key, one in params.items() if key != name}
        if value and name != "state" and build(rest, zone=zone) == whole:
            raise refuse("filter_unknown", "filter", name=name[:80], value=value[:80])


def _ids_of_filter(kind: str, params: Mapping[str, str], actor: Actor) -> list[int]:
    rows = rows_of_filter(kind, params, actor)
    return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_OF_A_FILTER + 1])


def rows_of_filter(kind: str, params: Mapping[str, str], actor: Actor) -> Any:
    """What of a kind a filter finds within somebody's reach, of what is not over.

    :raises CannotDo: there is no such kind.
    """
    zone = company_zone().key
    if kind == ItemKind.LEAD:
        rows: Any = leads_within(actor, lead_filter(params, zone=zone), now=now())
    elif kind == ItemKind.ACCOUNT:
        rows = accounts_within(actor, account_filter(params, zone=zone))
    elif kind == ItemKind.OPPORTUNITY:
        rows = opportunities_within(actor, opportunity_filter(params, zone=zone))
    else:
        raise refuse("kind_unknown", "kind")
    return rows.exclude(state__in=(State.CLOSED, State.MERGED, State.REJECTED))


def _settled(wish: Wish, actor: Actor) -> Wish:
    """The wish of somebody who may have it: his own, or somebody's whom he gives work."""
    wish = _checked(wish)
    own = wish.way == OWN or (wish.way == REP and wish.rep_id == actor.user_id)
    if own and actor.is_rep and not may(actor, Right.ASSIGN):
        demand(actor, Right.WORK)
        wish = replace(wish, way=OWN, rep_id=actor.user_id)
    elif wish.way == OWN:
        demand(actor, Right.ASSIGN)
        if not actor.is_rep:
            raise refuse("no_rep", "rep")
        wish = replace(wish, rep_id=actor.user_id)
    else:
        demand(actor, Right.ASSIGN)
    if wish.rep_id is not None and wish.rep_id != actor.user_id:
        check_receiver(wish.rep_id, actor)
    if wish.link is not None:
        item_for(actor, *wish.link)
    return wish


def _checked(wish: Wish) -> Wish:
    if wish.way not in WAYS:
        raise refuse("way_unknown", "to")
    if wish.way == REP and wish.rep_id is None:
        raise refuse("nobody_named", "rep")
    if wish.way not in (REP, OWN) and wish.rep_id is not None:
        wish = replace(wish, rep_id=None)
    if wish.minutes is not None and not 1 <= wish.minutes <= MOST_MINUTES:
        raise refuse("minutes_unusable", "minutes", limit=MOST_MINUTES)
    if wish.starts_at and wish.due_at and wish.due_at <= wish.starts_at:
        raise refuse("due_before_start", "due_at")
    return wish
