"""The routing sections of the policy document: levels, groups, rules, capacity, availability.

Every rule says what happens if nobody can take the item; nothing is assumed on the quiet.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from evenhand.engine.conditions.field import ALWAYS, ConditionField
from evenhand.engine.refusal import refusal
from evenhand.engine.values import Count, Flag, MicroPoints, Name, Percent, Section

MatchField = Literal["region", "industry", "product", "skill", "language"]


# What a mentor is credited with of an item that he stood beside, unless the policy says otherwise.
USUAL_CREDIT_PERCENT = 20


class Ramp(Section):
    """A newcomer's weight grows from `start_percent` to full over `days` since joining.

    Days on leave do not count. With `results`, so many converted leads bring full weight sooner;
    nothing makes it later.
    """

    start_percent: Percent = 40
    days: Annotated[int, Field(ge=1, le=730)] = 90
    results: Annotated[int, Field(ge=1, le=1_000)] | None = None


class Stretch(Section):
    """A share of the items one level up is open to this level, beside a named mentor.

    `credit_percent` of what comes of such an item is the mentor's; None = 20.
    """

    percent: Annotated[Percent, Field(le=50)] = 10
    needs_mentor: Flag = True
    credit_percent: Annotated[Percent, Field(le=50)] | None = None

    @property
    def mentor_percent(self) -> int:
        """The mentor's part of what comes of such an item."""
        return USUAL_CREDIT_PERCENT if self.credit_percent is None else self.credit_percent


class Graduation(Section):
    """What a level asks of whoever is proposed for the next one (晋级建议); a person decides.

    `expected` = converted leads that were to be expected of the leads received: enough to judge by.
    Proposed is who does `of_mean_percent` of what the level does, with `probability_percent`.
    """

    is_enabled: Flag = True
    days: Annotated[int, Field(ge=1, le=3_650)] = 90
    expected: Annotated[int, Field(ge=1, le=10_000)] = 15
    of_mean_percent: Annotated[int, Field(ge=50, le=150)] = 90
    probability_percent: Annotated[int, Field(ge=50, le=99)] = 80


class Level(Section):
    """One step of the ladder of levels (销售职级), lowest first: what its people may take.

    `mostly` is what they should mostly take (主攻); fit counts it where its weights name `level`.
    `mentees` = most people whom one of this level accompanies; None = no number is said.
    `graduation` left out = the usual terms.
    """

    level: Name
    takes: ConditionField = ALWAYS
    mostly: ConditionField | None = None
    ramp: Ramp | None = None
    stretch: Stretch | None = None
    graduation: Graduation | None = None
    mentees: Annotated[Count, Field(le=50)] | None = None
    note: str = ""


class ConditionalWeight(Section):
    """A weight in hundredths that replaces the personal base weight of reps who match `when`."""

    when: ConditionField
    percent: Percent


class Group(Section):
    """Reps who share one fair-share ledger (分配组): by condition or by name, either is enough."""

    group: Name
    who: ConditionField | None = None
    members: tuple[Name, ...] = ()
    weights: tuple[ConditionalWeight, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _has_somebody(self) -> "Group":
        if self.who is None and not self.members:
            raise refusal(
                "policy.group_names_nobody",
                "group {group} names nobody: give who: true for everybody, a condition, or members",
                group=self.group,
            )
        return self


class NextRule(Section):
    """Nobody can take it: go on with the rules below."""

    do: Literal["next_rule"]


class Wait(Section):
    """Nobody can take it: keep it unassigned and try again when somebody becomes able."""

    do: Literal["wait"]


class ToPool(Section):
    """Nobody can take it: put it into a public pool (公海)."""

    do: Literal["pool"]
    pool: Name


class Overflow(Section):
    """Nobody can take it: one person takes what overflows, over capacity if need be."""

    do: Literal["overflow"]
    rep: Name


class Escalate(Section):
    """Nobody can take it: somebody has to decide."""

    do: Literal["escalate"]
    to: Name


IfNobody = Annotated[NextRule | Wait | ToPool | Overflow | Escalate, Field(discriminator="do")]


class FairShare(Section):
    """Deal by the fair-share ledger: most owed, plus fit up to τ."""

    strategy: Literal["fair_share"]
    group: Name


class Rotation(Section):
    """Weighted rotation by count: every item weighs the same, whatever it is worth."""

    strategy: Literal["rotation"]
    group: Name


class BestFit(Section):
    """The best fit gets it, whoever is owed; points are still paid, so that it shows."""

    strategy: Literal["best_fit"]
    group: Name


class OwnerOf(Section):
    """Whoever already looks after the company, the territory, or collected the lead.

    `if_absent` (on leave, switched off, full, out of hours) and `if_departed` are explicit.
    """

    strategy: Literal["owner"]
    of: Literal["company", "territory", "collector"]
    if_absent: Literal["assign_anyway", "next_rule", "wait"]
    if_departed: Literal["next_rule", "wait"]


class Person(Section):
    """One named person."""

    strategy: Literal["person"]
    rep: Name
    if_absent: Literal["assign_anyway", "next_rule", "wait"]


class Pool(Section):
    """Into a public pool, for people to claim."""

    strategy: Literal["pool"]
    pool: Name


Target = Annotated[
    FairShare | Rotation | BestFit | OwnerOf | Person | Pool, Field(discriminator="strategy")
]


class Rule(Section):
    """One rule: when it applies, to whom the item goes, and what if nobody can take it.

    `match` lists what a rep must cover if the item says it (region, industry, product, skill,
    language); a rep who declares nothing there covers everything. `who` narrows further.
    """

    rule: Name
    when: ConditionField = ALWAYS
    to: Target
    match: tuple[MatchField, ...] = ()
    who: ConditionField = ALWAYS
    if_nobody: IfNobody
    is_enabled: Flag = True
    note: str = ""


class Territory(Section):
    """A sales territory (销售区域) and who looks after it."""

    territory: Name
    when: ConditionField
    owner: Name
    note: str = ""


class WindowCap(Section):
    """At most so many items, or points, per window; several windows stack.

    A fixed window starts at local midnight (or Monday, or the first of the month); a rolling one
    looks back from now.
    """

    cap: Name
    per: Literal["hour", "day", "week", "month"]
    kind: Literal["fixed", "rolling"] = "fixed"
    items: Count | None = None
    points: MicroPoints | None = None
    who: ConditionField = ALWAYS

    @model_validator(mode="after")
    def _limits_something(self) -> "WindowCap":
        if self.items is None and self.points is None:
            raise refusal(
                "policy.cap_limits_nothing",
                "cap {cap} limits nothing: give items, points or both",
                cap=self.cap,
            )
        return self


class LevelCapacity(Section):
    """Capacity of one level, instead of the general one."""

    level: Name
    open_items: Count | None = None
    open_points: MicroPoints | None = None


class CapacitySection(Section):
    """How much anybody can carry; None = no limit. Own capacity replaces `open_items`."""

    open_items: Count | None = None
    open_points: MicroPoints | None = None
    by_level: tuple[LevelCapacity, ...] = ()
    windows: tuple[WindowCap, ...] = ()
    note: str = ""


class AvailabilitySection(Section):
    """Whether being away excludes somebody. Deactivated people never receive anything.

    `working_hours: exclude` leaves out whoever is outside working time at the moment of dealing.
    Days are whole days in the company's time zone.
    """

    working_hours: Literal["ignore", "exclude"] = "ignore"
    leave: Literal["ignore", "exclude"] = "exclude"
    own_switch: Literal["ignore", "exclude"] = "exclude"
    leave_stops_days_before: Annotated[Count, Field(le=30)] = 0
    leave_resumes_days_before_end: Annotated[Count, Field(le=30)] = 0
    note: str = ""


class ExplorationSection(Section):
    """Random calibration (随机校准): a small share of items goes to anyone inside the band.

    Off by default. Never for the top grade, for key accounts, or where `never_when` holds.
    """

    rate_millionths: Annotated[Count, Field(le=200_000)] = 0
    never_when: ConditionField | None = None
    note: str = ""
