"""The sections of the policy document about pools, clocks and the customer's peace.

What is left out of a pool's entry stays out of the document too, so that documents written before
pools had terms keep their digest.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from evenhand.engine.conditions.field import ALWAYS, ConditionField
from evenhand.engine.pool.spans import NO_SPAN, Span, SpanField
from evenhand.engine.refusal import refusal
from evenhand.engine.values import Count, Flag, MicroPoints, Name, Percent, Section

Kind = Literal["lead", "account", "opportunity"]
HiddenField = Literal["name", "phone", "email", "company", "note", "source", "region", "value"]


class ClaimTerms(Section):
    """How items of a pool are claimed (领取); None = no limit.

    `per_day` counts every claim of the company's day, also of what was given back since. The
    holding limits (保有量) count what was claimed from this pool and is still held; won customers
    only with `counts_won`. `cool_down` runs from the return and binds former owners; `fresh_for`
    runs from the entry and binds everybody but administrators. `choose_of` shows so many items at
    a time instead of the list; `blind` hides the items until they are claimed. `fits` is asked of
    an item beside the rep who would claim it: skills, languages, regions.
    """

    fits: ConditionField | None = None  # None = every item
    per_day: Count | None = None
    holding_items: Count | None = None
    holding_points: MicroPoints | None = None
    counts_won: Flag = False
    cool_down: SpanField = NO_SPAN
    fresh_for: SpanField = NO_SPAN
    blind: Flag = False
    choose_of: Annotated[Count, Field(le=10)] = 0  # 0 = the whole list
    at_once: Annotated[Count, Field(ge=1, le=200)] = 20  # in one bulk claim


class PriceTerms(Section):
    """What a claim costs of the item's points: it falls with age in the pool and with each owner.

    percent = max(least, start − days in the pool × per_day − former owners × per_owner).
    (reference: algorithms a, "claim")
    """

    start_percent: Percent = 100
    less_per_day_percent: Percent = 5
    less_per_owner_percent: Percent = 25
    least_percent: Percent = 0


class PoolTerms(Section):
    """A public pool (公海): what it holds, who sees and claims it, and on which terms.

    `takes` says which items come here when they are given back or recycled: the first pool of the
    line, in the order of the document, that takes an item gets it. `group` names the group whose
    ledger its claims use; without one a claim costs nothing.
    """

    pool: Name
    note: str = ""
    holds: tuple[Kind, ...] | None = None  # None = leads
    who: ConditionField | None = None  # None = every rep
    administrators: tuple[Name, ...] | None = None  # ids of people
    mode: Literal["claim", "assign_only"] | None = None  # None = claim
    hidden: tuple[HiddenField, ...] | None = None  # None = phone, email
    takes: ConditionField | None = None  # None = everything
    group: Name | None = None
    claim: ClaimTerms | None = None
    price: PriceTerms | None = None


class HoldingSection(Section):
    """Limits of claiming over all pools of the line together; None = no limit."""

    per_day: Count | None = None
    items: Count | None = None
    points: MicroPoints | None = None
    note: str = ""


ClockName = Literal[
    "accept",  # from assignment until accepted
    "first_contact",  # until the first contact
    "next_step",  # since the last evidence, or the day for which a next step is agreed
    "untouched",  # since assignment or the last evidence: protection (保护期)
    "no_opportunity",  # until there is an opportunity
    "no_deal",  # until won
    "stage",  # in one stage of an opportunity or a lead
]
Told = Literal["owner", "manager", "administrator"]
Missed = Literal["tell_owner", "warn_manager", "reassign", "pool", "unavailable"]


class Reminder(Section):
    """A reminder before a clock runs out: when, and who is told."""

    left: SpanField
    tell: Annotated[tuple[Told, ...], Field(min_length=1)] = ("owner",)


class Clock(Section):
    """One clock: due = min(start + at_most, max(start + after, last evidence + extends)).

    `missed` is what happens when it runs out, in this order; `reassign` and `pool` exclude each
    other. (reference: behaviours 8, "Protection algebra")
    """

    clock: ClockName
    after: SpanField
    extends: SpanField | None = None  # None = evidence does not move it
    at_most: SpanField | None = None
    stages: tuple[Name, ...] = ()  # of the clock `stage`
    warn: tuple[Reminder, ...] = ()
    missed: tuple[Missed, ...] = ("pool",)

    @model_validator(mode="after")
    def _is_whole(self) -> "Clock":
        if (self.clock == "stage") != bool(self.stages):
            raise refusal(
                "policy.clock_stages",
                "the clock stage, and it alone, names stages; {clock} is wrong",
                clock=self.clock,
            )
        if "reassign" in self.missed and "pool" in self.missed:
            raise refusal(
                "policy.clock_two_ends",
                "the clock {clock} both deals the item anew and pools it; choose one",
                clock=self.clock,
            )
        return self


class ExtensionTerms(Section):
    """Extensions on request: how long each, how often, and what one costs of the item's points."""

    by: SpanField
    times: Annotated[Count, Field(ge=1, le=10)] = 1
    cost_percent: Percent = 10
    needs_manager: Flag = False


class ClockRule(Section):
    """Clocks of the items that match; the first rule of the section that matches holds.

    `is_on: false` stops its clocks where they are; on again, they go on.
    """

    rule: Name
    kind: Kind = "lead"
    when: ConditionField = ALWAYS  # about the item
    who: ConditionField = ALWAYS  # about its owner
    time: Literal["working", "real"] = "working"
    clocks: Annotated[tuple[Clock, ...], Field(min_length=1)]
    to_pool: Name | None = None  # None = the first pool that takes it
    extension: ExtensionTerms | None = None
    is_on: Flag = True
    note: str = ""


EvidenceKind = Literal["call", "reply", "meeting", "visit", "stage", "document"]


class EvidenceTerms(Section):
    """What counts as proof of follow-up, and for how much of an extension.

    `said_percent` holds where only the word of whoever logged it stands for it. Notes, and contacts
    that nobody answered, never count.
    """

    evidence: EvidenceKind
    percent: Percent = 100  # of the clock's `extends`
    said_percent: Percent = 50
    least_seconds: Count = 0  # of calls and meetings


class LockTerms(Section):
    """Locks (锁定): items that no clock takes away, few and for a time."""

    per_rep: Count = 5
    at_most: SpanField


class SignTerms(Section):
    """From where on something that people logged stands out as a sign of fake follow-up.

    So many items within so short a time; the same words, of so many letters, on so many items; so
    many one-sided touches so shortly before a clock ran out. A sign is a question, not a verdict.
    """

    burst_items: Annotated[Count, Field(ge=2)] = 8
    burst_within: SpanField = Span(minutes=10)
    copied_items: Annotated[Count, Field(ge=2)] = 5
    copied_letters: Count = 6
    deadline_items: Annotated[Count, Field(ge=2)] = 3
    deadline_within: SpanField = Span(minutes=60)


class ClocksSection(Section):
    """Protection, recycling (回收) and service levels (时效) of what people hold."""

    rules: tuple[ClockRule, ...] = ()
    evidence: tuple[EvidenceTerms, ...] = ()  # empty = every kind in full, calls from 30 seconds
    locks: LockTerms | None = None
    signs: SignTerms | None = None  # None = the usual ones
    most_hand_offs: Annotated[Count, Field(ge=1, le=20)] = 3  # dealt anew so often, then the pool
    note: str = ""


class PeaceSection(Section):
    """The customer's peace (客户安宁): how often he may change hands and be called."""

    owners: Count | None = None
    owners_within: SpanField | None = None  # None = over the customer's life
    contacts: Count | None = None
    contacts_within: SpanField | None = None
    quiet: SpanField | None = None  # after the last owner gave up, before the next
    one_owner_per_company: Flag = True
    note: str = ""
