"""The `tasks` section of the policy document: kinds of to-dos, who gets them, what makes them.

Conditions ask `task.…`: what the to-do is linked to (its region, industry, grade …) and of the
to-do itself `task.type`, `task.difficulty`, `task.minutes`, `task.quantity`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from evenhand.engine.conditions import Condition
from evenhand.engine.conditions.field import ALWAYS, ConditionField
from evenhand.engine.facts import POINT, FieldSpec, FieldType
from evenhand.engine.pool.spans import NO_SPAN, Span, SpanField
from evenhand.engine.refusal import refusal
from evenhand.engine.routing.section import (
    BestFit,
    Escalate,
    FairShare,
    MatchField,
    NextRule,
    Overflow,
    Person,
    Wait,
)
from evenhand.engine.values import Count, Flag, MicroPoints, Name, Percent, Section
from evenhand.engine.workload.capacity import MINUTES_PER_POINT

TaskKind = Literal["lead", "account", "opportunity"]
Evidence = Literal["none", "note", "link", "contact", "photo"]
Difficulty = Literal["easy", "normal", "hard"]
Absent = Literal["wait", "substitute", "deal", "skip"]
Minutes = Annotated[Count, Field(ge=1, le=10_080)]  # at most a week around the clock
_TWO_DAYS, _TWO_HOURS = Span(days=2), Span(minutes=120)
# Built-in rules, as receipts name them in every language: a to-do for the market, and one for
# whoever holds what it is for, or whom somebody named.
TO_MARKET, TO_HOLDER = "任务大厅 · market", "负责人 · holder"

# What conditions may ask of a to-do besides what it is linked to.
TASK_FIELDS = (
    FieldSpec("lead", "type", FieldType.TEXT),
    FieldSpec("lead", "difficulty", FieldType.TEXT),
    FieldSpec("lead", "minutes", FieldType.NUMBER),
    FieldSpec("lead", "quantity", FieldType.NUMBER),
)


class TaskType(Section):
    """One kind of to-do (待办类型): how long, how hard, what proves it.

    `points` are workload points for the usual quantity; None = a point per ten minutes. They are
    time; `difficulty` is not in them, and rules may ask for it (`task.difficulty`). `level`
    is the lowest level that may do it, `skills` are all needed. `due` is working time from its
    start. `evidence` is asked for on completion: words, an address (of a document), a contact
    logged with what it is linked to, or a photo. `absent` says what becomes of it while its owner
    is away when it is due. Where `follows`, it goes with what it is linked to: to the next owner,
    and away when that is closed.
    """

    type: Name
    difficulty: Difficulty = "normal"
    minutes: Minutes = 30
    points: MicroPoints | None = None
    level: Name | None = None
    skills: tuple[Name, ...] = ()
    quantity: Annotated[Count, Field(ge=1)] = 1
    kpi: Name | None = None  # what its quantity counts towards; None = its own name
    checklist: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    evidence: Evidence = "none"
    due: SpanField = _TWO_DAYS
    absent: Absent = "wait"
    follows: Flag = True
    note: str = ""

    @property
    def usual_points(self) -> int:
        """Workload points for the usual quantity, in micro-points."""
        if self.points is not None:
            return self.points
        return self.minutes * POINT // MINUTES_PER_POINT


class Holder(Section):
    """Whoever looks after what the to-do is linked to."""

    strategy: Literal["holder"]
    if_absent: Literal["assign_anyway", "next_rule", "wait"] = "assign_anyway"


class Market(Section):
    """On the task market (任务大厅), for people to claim."""

    strategy: Literal["market"]


class Offer(Section):
    """Nobody can take it: put it on the task market."""

    do: Literal["market"]


class TaskRule(Section):
    """One rule of dealing to-dos; the first that applies and finds somebody settles it."""

    rule: Name
    types: tuple[Name, ...] = ()  # none = every type
    when: ConditionField = ALWAYS
    to: Annotated[FairShare | BestFit | Holder | Person | Market, Field(discriminator="strategy")]
    match: tuple[MatchField, ...] = ()
    who: ConditionField = ALWAYS
    if_nobody: Annotated[NextRule | Wait | Offer | Overflow | Escalate, Field(discriminator="do")]
    is_enabled: Flag = True
    note: str = ""


class Trigger(Section):
    """A to-do that an event makes: on assignment, on a stage, when something is closed.

    `after` counts working time from the event until it begins. `once`: none while one of this
    trigger is open for the same lead, account or opportunity.
    """

    trigger: Name
    on: Literal["assigned", "stage", "won", "lost"]
    kind: TaskKind = "lead"
    stages: tuple[Name, ...] = ()  # of on: stage
    when: ConditionField = ALWAYS
    type: Name
    title: Annotated[str, Field(max_length=120)] = ""  # "" = the name of its type
    after: SpanField = NO_SPAN
    to: Literal["holder", "rules", "market"] = "holder"
    once: Flag = True
    is_on: Flag = True
    note: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "Trigger":
        if (self.on == "stage") != bool(self.stages):
            raise refusal(
                "policy.trigger_stages",
                "a trigger on a stage, and it alone, names stages; {trigger} is wrong",
                trigger=self.trigger,
            )
        return self


class MarketTerms(Section):
    """Who claims to-dos on the market (申领), and how many; None = no limit."""

    who: ConditionField = ALWAYS
    per_day: Count | None = None
    holding: Count | None = None  # claimed and not done yet
    holding_points: MicroPoints | None = None
    give_back: Flag = True


class TasksSection(Section):
    """To-dos (待办): their types, how they are dealt, what makes them, the market, limits.

    `most_open` and `most_open_points` limit what the rules deal to one person. A series is made
    `horizon_days` ahead. Its owner is reminded `remind_before` a to-do is due, in his working time;
    0m = never. `tau_percent` is how far fit may outweigh what is owed, of the largest
    type.
    """

    types: Annotated[tuple[TaskType, ...], Field(max_length=200)] = ()
    rules: tuple[TaskRule, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    market: MarketTerms = MarketTerms()
    most_open: Count | None = None
    most_open_points: MicroPoints | None = None
    horizon_days: Annotated[Count, Field(ge=1, le=90)] = 14
    remind_before: SpanField = _TWO_HOURS
    tau_percent: Percent = 100
    note: str = ""

    def type_named(self, name: str) -> TaskType | None:
        """A type by its name."""
        return next((one for one in self.types if one.type == name), None)


def task_conditions(
    section: TasksSection | None,
) -> Iterator[tuple[tuple[str | int, ...], Condition, str]]:
    """Every condition of the section: its place, itself, and what it is asked of."""
    if section is None:
        return
    for k, rule in enumerate(section.rules):
        yield ("tasks", "rules", k, "when"), rule.when, "item"
        yield ("tasks", "rules", k, "who"), rule.who, "both"
    for k, trigger in enumerate(section.triggers):
        yield ("tasks", "triggers", k, "when"), trigger.when, "item"
    yield ("tasks", "market", "who"), section.market.who, "person"
