"""What a decision says: where an item went, by which rule, and what was tried on the way."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from evenhand.engine.ledger.book import Standing
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.reasons import Reason, reason


class Outcome(StrEnum):
    """Where an item stands after a decision. Only the first has an owner."""

    ASSIGNED = "assigned"
    POOLED = "pooled"
    WAITING = "waiting"
    ESCALATED = "escalated"
    NO_RULE = "no_rule"


class Cause(StrEnum):
    """By which right somebody received an item."""

    FAIR_SHARE = "fair_share"
    ROTATION = "rotation"
    BEST_FIT = "best_fit"
    OWNER = "owner"
    PERSON = "person"
    OVERFLOW = "overflow"
    PLANNED = "planned"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule that applied but led nowhere, and why."""

    rule: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Exploration:
    """Random calibration was possible for this item: who was picked with which probability."""

    was_random: bool
    propensity: Fraction


@dataclass(frozen=True, slots=True)
class Decision:
    """One item's outcome. `places` (winner first, then runners-up) only if asked for."""

    item_id: str
    outcome: Outcome
    round: int = 0
    rule: str = ""
    cause: Cause | None = None
    rep_id: str | None = None
    owner: str = ""  # of the company, where kept apart from the reading
    where: str = ""  # pool, or whom it was escalated to
    step: int = -1  # number of the step whose field shared the item's points
    book: str = ""
    sequence: int = 0
    last_before: int = 0  # the taker's place in the waiting order before
    tried: tuple[Tried, ...] = ()
    full: tuple[tuple[str, Reason], ...] = ()  # excluded for what they carry now
    mentor_id: str | None = None
    exploration: Exploration | None = None
    places: tuple[Standing, ...] = ()
    in_band: int = 0
    posting: Posting | None = None  # where the points were charged rather than dealt


def why_unassigned(decision: Decision) -> Reason | None:
    """The typed reason under which an item stands unassigned."""
    match decision.outcome:
        case Outcome.NO_RULE:
            return reason("unassigned.no_rule")
        case Outcome.ESCALATED:
            return reason("unassigned.escalated", rep=decision.where)
        case Outcome.WAITING:
            last = decision.tried[-1].why if decision.tried else None
            return last or reason("unassigned.waiting", rule=decision.rule)
    return None
