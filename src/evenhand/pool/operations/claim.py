"""Claiming (领取) from public pools: one item or many, each judged by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection

from evenhand.engine.reasons import Reason, reason
from evenhand.leads.models import PoolStay
from evenhand.ledger.store import Unmade
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import NotFound, Refused
from evenhand.platform.together import Together
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import NoSuchLine
from evenhand.pool.access import pools_of
from evenhand.pool.asks import GONE, Ask, lines_of
from evenhand.pool.claims import settle_line

MOST_AT_ONCE = 200


class CannotClaim(Refused):
    """The claim is refused as things are; nothing changed, and no limit is used up."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What became of one item; refused with the reason, or claimed with its receipt and price."""

    kind: str
    item_id: int
    refused: Reason | None = None
    receipt_id: int | None = None
    price: int = 0  # micro-points


def claim(items: Iterable[tuple[str, int]], *, actor: Actor) -> list[Claimed]:
    """Claim items from pools, each judged by itself in this order; answers in the same order.

    Claims that come at once are settled together in one transaction.

    :raises NotAllowed: the actor does not claim.
    :raises CannotClaim: he is no rep in service, or asks for more than a pool gives at once.
    :raises Overloaded: too much waits already; ask again.
    """
    demand(actor, Right.CLAIM)
    if not actor.is_rep or actor.user_id is None:
        raise CannotClaim(reason("claim.no_rep"))
    asks = [Ask(kind, pk, actor) for kind, pk in dict.fromkeys(items)]
    _check_count(asks, MOST_AT_ONCE)
    if len(asks) > 1:
        _check_pools(actor, len(asks))
    if connection.in_atomic_block:
        settle_together([asks])
    else:
        # Whoever waits holds no connection: those who settle need one.
        connection.close()
        CLAIMS.ask(asks)
    return [_answer(ask) for ask in asks]


def claim_one(kind: str, item_id: int, *, actor: Actor) -> Claimed:
    """Claim one item.

    :raises NotAllowed, Overloaded: as `claim`.
    :raises NotFound: it never lay in a pool that he sees.
    :raises CannotClaim: why, and where it is a question of time, from when.
    """
    (found,) = claim([(kind, item_id)], actor=actor)
    if found.refused == GONE and not _lay_in_reach(actor, kind, item_id):
        raise NotFound(kind, item_id)
    if found.refused is not None:
        raise CannotClaim(found.refused)
    return found


def _lay_in_reach(actor: Actor, kind: str, item_id: int) -> bool:
    """Whether the item lies, or last lay, in a pool that somebody sees: he may have seen it."""
    stays = PoolStay.objects.filter(item_kind=kind, item_id=item_id).order_by("-pk")
    last = stays.values_list("line_id", "pool").first()
    return last is not None and any(last == (p.line_id, p.name) for p in pools_of(actor))


def _check_count(asks: Sequence[Ask], limit: int) -> None:
    if len(asks) > limit:
        raise CannotClaim(reason("claim.too_many_at_once", limit=limit))


def _check_pools(actor: Actor, asked: int) -> None:
    """No more at once than the pools give: the smallest of those he claims from decides."""
    own = [one.ready.claim.at_once for one in pools_of(actor) if one.is_member]
    limit = min(own, default=MOST_AT_ONCE)
    if asked > limit:
        raise CannotClaim(reason("claim.too_many_at_once", limit=limit))


def _answer(ask: Ask) -> Claimed:
    if ask.won is None:
        return Claimed(ask.kind, ask.item_id, refused=ask.refused or GONE)
    return Claimed(ask.kind, ask.item_id, receipt_id=ask.won.receipt_id, price=ask.won.price)


def settle_together(together: Sequence[Sequence[Ask]]) -> list[None]:
    """Settle what waits, line by line: one transaction each."""
    everything = [ask for asks in together for ask in asks]
    for line_key, asks in sorted(lines_of(everything).items()):
        settle = partial(settle_line, line_key, asks)
        try:
            try:
                in_transaction(settle, commits_along=True)
            except Unmade:
                in_transaction(partial(settle, makes_books=True), commits_along=True)
            crashpoint("claim.committed")
        except NoSuchLine:
            for ask in asks:
                ask.refused = GONE
    return [None for _ in together]


CLAIMS: Together[Sequence[Ask], None] = Together("claims", settle_together)
