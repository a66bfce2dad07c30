"""Public pools (公海): what they offer, and what became of claims."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Name200, OneOf, StrictId, Text40, Text500
from evenhand.api.schemas.shared import MICRO, Person, Why, person_of, receipt_url
from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.claiming import possible_from
from evenhand.engine.reasons import Reason
from evenhand.leads.access import MODELS
from evenhand.pool.access import SeenPool
from evenhand.pool.operations.claim import MOST_AT_ONCE, Claimed
from evenhand.pool.queries import Allowance, Limits, Offered
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

Kind = Annotated[str, OneOf(tuple(str(kind) for kind in MODELS))]


class AllowanceOut(Schema):
    """A limit, what is used of it and what is left; null = no limit."""

    limit: float | None
    used: float
    left: float | None


class LimitsOut(Schema):
    """Where the caller stands in a pool."""

    day: AllowanceOut
    day_all_pools: AllowanceOut
    items: AllowanceOut
    items_all_pools: AllowanceOut
    points: AllowanceOut
    points_all_pools: AllowanceOut
    balance: float = Field(description="api-doc-pool-balance")
    least_balance: float | None
    why_nothing: Why | None = Field(description="api-doc-pool-why-nothing")
    again_at: datetime | None


class PoolOut(Schema):
    """A pool that the caller sees."""

    name: str
    line: str
    kinds: list[str]
    is_member: bool = Field(description="api-doc-pool-member")
    is_administrator: bool
    is_claimed_from: bool
    limits: LimitsOut | None = Field(description="api-doc-pool-limits")


class PoolsOut(Schema):
    """Every pool that the caller sees."""

    items: list[PoolOut]


class OfferListing(Schema):
    """Which items of a pool are asked for."""

    pool: Name200
    line: Text40 = ""
    kind: Text40 = ""
    grade: Text40 = ""
    only_ready: bool = False
    page: int = Field(default=1, ge=1, le=10_000)


class OfferedOut(Schema):
    """An item on offer; what the pool hides is masked."""

    kind: str
    id: int
    name: str
    company: str
    grade: str
    points: float
    price: float = Field(description="api-doc-pool-price")
    pooled_at: datetime
    former_owners: int
    was_mine: bool
    how: str
    reason: str
    note: str
    from_owner: Person | None
    why_not: Why | None = Field(description="api-doc-pool-why-not")
    from_at: datetime | None


class OfferOut(Schema):
    """A page of what a pool offers."""

    items: list[OfferedOut]
    total: int
    page: int
    pages: int
    choose_of: int
    hidden: list[str]


class ItemIn(Body):
    """An item of a pool."""

    kind: Kind
    id: StrictId


class ItemsIn(Body):
    """Items to be claimed, each judged by itself."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class GiveBackIn(ItemIn):
    """The caller's own item goes to the pool that takes it."""

    reason: Text40
    note: Text500 = ""


class PutIn(GiveBackIn):
    """An item goes into a pool."""

    pool: Name200


class HandOutIn(GiveBackIn):
    """An item of a pool goes to a rep."""

    to: StrictId


class ClaimedOut(Schema):
    """What became of one item."""

    kind: str
    id: int
    claimed: bool
    price: float
    receipt: str | None
    why_not: Why | None
    from_at: datetime | None


class ClaimsOut(Schema):
    """What became of each, in the order asked."""

    items: list[ClaimedOut]


def pool_out(seen: SeenPool, limits: Limits | None, words: Words) -> PoolOut:
    """A pool as programs see it."""
    return PoolOut(
        name=seen.name,
        line=seen.world.live.line_key,
        kinds=list(seen.kinds),
        is_member=seen.is_member,
        is_administrator=seen.is_administrator,
        is_claimed_from=seen.ready.is_claimed_from,
        limits=None if limits is None else _limits(limits, words),
    )


def _limits(one: Limits, words: Words) -> LimitsOut:
    return LimitsOut(
        day=_allowance(one.day),
        day_all_pools=_allowance(one.day_all),
        items=_allowance(one.items),
        items_all_pools=_allowance(one.items_all),
        points=_allowance(one.points, MICRO),
        points_all_pools=_allowance(one.points_all, MICRO),
        balance=one.owed / MICRO,
        least_balance=None if one.least_owed is None else one.least_owed / MICRO,
        why_nothing=_why(one.why_nothing, words),
        again_at=one.again_at,
    )


def _allowance(one: Allowance, unit: int = 1) -> AllowanceOut:
    return AllowanceOut(
        limit=None if one.limit is None else one.limit / unit,
        used=one.used / unit,
        left=None if one.left is None else one.left / unit,
    )


def _why(why: Reason | None, words: Words) -> Why | None:
    return None if why is None else Why(code=why.code, message=say(words, why))


def offered_out(one: Offered, words: Words) -> OfferedOut:
    """An item on offer as programs see it."""
    stay = one.stay
    return OfferedOut(
        kind=one.kind,
        id=one.item.pk,
        name=one.item.name,
        company=_company_of(one.kind, one.item),
        grade=one.item.grade,
        points=one.points / MICRO,
        price=one.price / MICRO,
        pooled_at=one.item.pooled_at,
        former_owners=one.former_owners,
        was_mine=one.was_mine,
        how=stay.how if stay else "",
        reason=stay.why if stay else "",
        note=stay.note if stay else "",
        from_owner=person_of(stay.from_rep) if stay else None,
        why_not=_why(one.why_not, words),
        from_at=one.from_at,
    )


def _company_of(kind: str, item: Any) -> str:
    if kind == ItemKind.ACCOUNT:
        return str(item.name)
    said = getattr(item, "company_name", "")
    return said or ("" if item.company is None else str(item.company.name))


def claimed_out(one: Claimed, words: Words) -> ClaimedOut:
    """What became of one item, as programs see it."""
    return ClaimedOut(
        kind=one.kind,
        id=one.item_id,
        claimed=one.refused is None,
        price=one.price / MICRO,
        receipt=receipt_url(one.receipt_id),
        why_not=_why(one.refused, words),
        from_at=None if one.refused is None else possible_from(one.refused),
    )
