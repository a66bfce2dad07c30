"""A pool's items, limits and past as words and figures for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.leads.models import PoolStay
from evenhand.pool.past import Past
from evenhand.pool.queries import Allowance, Limits, Offered
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say


@dataclass(frozen=True, slots=True)
class Row:
    """An item on offer."""

    one: Offered
    name: str
    firm: str
    facts: Sequence[str]
    came: str  # how it came into the pool, in words
    why_not: str  # "" = it may be claimed
    is_open: bool  # its past may be looked at
    path: str


def row_of(one: Offered, words: Words, *, is_blind: bool, why_not: str = "") -> Row:
    """An item as the page shows it; `why_not` is what was just said, where something was."""
    item = one.item
    name, firm = getattr(item, "name", ""), getattr(item, "company_name", "")
    if is_blind or not (name or firm):
        kind = words.text(f"item-kind-{message_id(one.kind)}")
        name, firm = f"{kind[:1].upper()}{kind[1:]} {item.pk}", ""
    facts = ("product", "industry", "region", "source", "size")
    shown = [] if is_blind else [getattr(item, fact, "") for fact in facts]
    return Row(
        one=one,
        name=name or firm,
        firm=firm if name else "",
        facts=list(dict.fromkeys(fact for fact in shown if fact and fact != "****")),
        came="" if one.stay is None else stay_words(one.stay, words),
        why_not=why_not or ("" if one.why_not is None else say(words, one.why_not)),
        is_open=not is_blind,
        path=f"/pool/{one.kind}/{item.pk}",
    )


def stay_words(stay: PoolStay, words: Words) -> str:
    """How and why an item came into a pool: 退回：地区不符; 自动回收：保护期."""
    how = f"web-pool-how-{message_id(stay.how)}"
    came = words.text(how if stay.how and words.has(how) else "web-pool-how-other")
    for start in ("act-reason-pool-", "act-reason-return-", "clock-name-", "web-leads-loss-"):
        why = f"{start}{message_id(stay.why)}"
        if stay.why and words.has(why):
            return words.text("web-pool-how-why", how=came, why=words.text(why))
    return came


@dataclass(frozen=True, slots=True)
class Figure:
    """A limit with what is left of it."""

    key: str
    left: int | None  # None = no limit
    used: int
    limit: int | None
    is_points: bool = False

    @property
    def is_used_up(self) -> bool:
        """Whether nothing is left."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class LimitsShown:
    """How it stands with whoever claims."""

    figures: Sequence[Figure]
    owed: int
    least_owed: int | None
    ahead: int | None  # so far ahead, in micro-points, somebody may be; None = he must be owed
    room: int | None  # micro-points above the floor
    why_nothing: str
    again_at: datetime | None


def limits_shown(limits: Limits | None, words: Words) -> LimitsShown | None:
    """Somebody's limits in a pool; None for who only looks."""
    if limits is None:
        return None
    pairs: list[tuple[str, Allowance, Allowance, bool]] = [
        ("day", limits.day, limits.day_all, False),
        ("items", limits.items, limits.items_all, False),
        ("points", limits.points, limits.points_all, True),
    ]
    figures = []
    for key, own, both, is_points in pairs:
        tight = min(
            (one for one in (own, both) if one.left is not None),
            key=lambda one: one.left or 0,
            default=None,
        )
        if tight is not None:
            figures.append(Figure(key, tight.left, tight.used, tight.limit, is_points))
    floor = limits.least_owed
    return LimitsShown(
        figures=figures,
        owed=limits.owed,
        least_owed=floor,
        ahead=None if floor is None or floor > 0 else -floor,
        room=None if floor is None else limits.owed - floor,
        why_nothing="" if limits.why_nothing is None else say(words, limits.why_nothing),
        again_at=limits.again_at,
    )


def past_shown(past: Past, words: Words) -> dict[str, Any]:
    """The past of an item: rows with what words they need."""
    return {
        "owners": past.owners,
        "stays": [(stay, stay_words(stay, words)) for stay in past.stays],
        "contacts": [
            (one, _said(words, "channel", one.channel), _said(words, "outcome", one.outcome))
            for one in past.contacts
        ],
    }


def _said(words: Words, what: str, value: str) -> str:
    name = f"web-leads-{what}-{message_id(value)}"
    return words.text(name) if value and words.has(name) else ""
