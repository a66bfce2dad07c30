"""Pairs that may be one, as far as somebody sees both of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import NotFound, visible
from evenhand.leads.models import Contact, Likeness, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand

MOST = 100
_AT_ONCE = 1_000
_LOOKS = 10


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair with both of its rows."""

    pair: Likeness
    one: Any
    other: Any


def likenesses(actor: Actor) -> list[Alike]:
    """The pairs that nobody has judged yet, the likest first."""
    rows = Likeness.objects.filter(is_different=False).order_by("-percent", "-pk")
    found: list[Alike] = []
    for look in range(_LOOKS):
        some = list(rows[look * _AT_ONCE : (look + 1) * _AT_ONCE])
        found += _seen(actor, some)
        if len(found) >= MOST or len(some) < _AT_ONCE:
            break
    return found[:MOST]


def likeness_for(actor: Actor, likeness_id: int, right: Right) -> Likeness:
    """A pair by id, locked, for somebody who sees both.

    :raises NotAllowed, NotFound: not his to do, or one of the two is out of his reach.
    """
    demand(actor, right)
    rows = list(Likeness.objects.select_for_update().filter(pk=likeness_id))
    if not _seen(actor, rows):
        raise NotFound("likeness", likeness_id)
    return rows[0]


def _seen(actor: Actor, rows: Sequence[Likeness]) -> list[Alike]:
    """Those of which both rows are there and within reach, with them."""
    ids: dict[str, set[int]] = {ItemKind.ACCOUNT.value: set(), "contact": set()}
    for row in rows:
        ids[row.item_kind] |= {row.one_id, row.other_id}
    accounts = visible(actor, ItemKind.ACCOUNT).exclude(state=State.MERGED)
    people = Contact.objects.filter(
        pk__in=ids["contact"], merged_into=None, erased_at=None
    ).select_related("company")
    firms = {one.company_id for one in people if one.company_id is not None}
    reached = set(accounts.filter(pk__in=firms).values_list("pk", flat=True))
    found: dict[str, dict[int, Any]] = {
        ItemKind.ACCOUNT.value: accounts.select_related("owner__user").in_bulk(ids["account"]),
        "contact": {one.pk: one for one in people if one.company_id in reached},
    }
    return [
        Alike(row, of_kind[row.one_id], of_kind[row.other_id])
        for row in rows
        if row.one_id in (of_kind := found[row.item_kind]) and row.other_id in of_kind
    ]
