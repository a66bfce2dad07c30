"""What can be done about the clocks over one item, by whoever looks at it: for its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.pool.section import ClockRule
from evenhand.engine.pool.spans import Span
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.models import Assignment, Held, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.row_objects import asked_rows, row_where
from evenhand.platform.rows import pipelined
from evenhand.policies.live import LivePolicy, live_now
from evenhand.pool.governing import Governed, governed
from evenhand.pool.models import Extension, Pause
from evenhand.pool.pauses import COMPANY, LOCK, RULE

ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Offer:
    """More time that can be asked for: for which clocks, how much, at what cost (micro-points)."""

    clocks: tuple[str, ...]
    by: Span
    cost: int
    needs_manager: bool


@dataclass(frozen=True, slots=True)
class Keeping:
    """How things stand with an item that somebody holds."""

    asks_to_accept: bool
    offer: Offer | None
    waiting: tuple[Extension, ...]  # requests without an answer
    lock: Pause | None
    may_lock: bool
    may_unlock: bool
    pauses: tuple[Pause, ...]  # that stand now, the lock left aside
    may_pause: bool

    @property
    def ending(self) -> Pause | None:
        """The pause of this one item, which whoever may stop its clocks may end."""
        return next((one for one in self.pauses if one.kind == "item"), None)


def keeping_of(actor: Actor, kind: str, item: Held, *, now: datetime) -> Keeping | None:
    """What somebody may do about the clocks over an item that he sees; None = nobody holds it."""
    if item.state != State.OWNED:
        return None
    held = row_where(Assignment, _HELD, [str(kind), str(item.pk)])
    live = live_now(item.line_id)
    if held is None or live is None:
        return None
    is_mine = held.rep_id == actor.user_id and may(actor, Right.WORK)
    # What is masked says other things to the rules than what is stored.
    found = governed(held, now, item if sees_contact_data(actor, item) else None)
    rule = found.rule
    with pipelined():
        extensions = asked_rows(Extension, _NOT_REFUSED, [str(held.pk)])
        standing = _standing(held, rule, live, now)
        asked, pauses = tuple(extensions()), tuple(standing())
    waiting = tuple(one for one in asked if one.is_granted is None)
    lock = next((one for one in pauses if one.kind == LOCK), None)
    is_managed = may(actor, Right.TRANSFER) and held.rep_id != actor.user_id
    return Keeping(
        asks_to_accept=is_mine and _has_accept(rule) and ACCEPT in found.running,
        offer=_offer(found, asked) if is_mine else None,
        waiting=waiting,
        lock=lock,
        may_lock=is_mine and lock is None and live.pools.clocks.locks is not None,
        may_unlock=lock is not None and (is_mine or is_managed),
        pauses=tuple(one for one in pauses if one is not lock),
        may_pause=is_managed and rule is not None,
    )


def _has_accept(rule: ClockRule | None) -> bool:
    return rule is not None and any(one.clock == ACCEPT for one in rule.clocks)


def _offer(found: Governed, asked: tuple[Extension, ...]) -> Offer | None:
    terms = None if found.rule is None else found.rule.extension
    if terms is None:
        return None
    used = [one.clock for one in asked if one.is_granted]
    waiting = {one.clock for one in asked if one.is_granted is None}
    clocks = tuple(
        one
        for one in found.running
        if one != ACCEPT and one not in waiting and used.count(one) < terms.times
    )
    if not clocks:
        return None
    cost = found.assignment.points * terms.cost_percent // 100
    return Offer(clocks, terms.by, cost, terms.needs_manager)


def _standing(
    held: Assignment, rule: ClockRule | None, live: LivePolicy, now: datetime
) -> Callable[[], list[Pause]]:
    name = "" if rule is None else rule.rule
    concerned = [str(held.rep_id), str(held.pk), str(live.line_id), name]
    return asked_rows(Pause, _STANDING, [*concerned, now, now])


_HELD = "item_kind = %s AND item_id = %s AND closed_at IS NULL ORDER BY id"
_NOT_REFUSED = "assignment_id = %s AND is_granted IS NOT FALSE ORDER BY id"
_STANDING = f"""
(kind = '{COMPANY}' OR rep_id = %s OR assignment_id = %s
    OR kind = '{RULE}' AND line_id = %s AND rule = %s)
AND from_at <= %s AND (until_at IS NULL OR until_at > %s) ORDER BY from_at, id
"""
