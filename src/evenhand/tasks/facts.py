"""What a to-do is for, and the to-do as the engine sees it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evenhand.engine.facts import POINT, Company, FieldSchema, Item, ItemKind, Value
from evenhand.engine.workload.tasks_section import TaskType
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.routing.facts import (
    account_item,
    item_key,
    known_company,
    opportunity_item,
    stored_lead_item,
)
from evenhand.tasks.models import Task

Link = tuple[str, int]  # kind and id of a lead, an account or an opportunity
# What of a linked item is no fact about the to-do.
_ITS_OWN = frozenset({"grade", "points", "score"})
_OVER = (State.CLOSED, State.MERGED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Linked:
    """A lead, an account or an opportunity that a to-do is for."""

    kind: str
    row: Any

    @property
    def holder_id(self) -> int | None:
        """Who looks after it now: its owner, else that of its company."""
        if self.row.state == State.OWNED:
            return int(self.row.owner_id)
        company = None if self.kind == ItemKind.ACCOUNT else self.row.company
        if company is not None and company.state == State.OWNED:
            return int(company.owner_id)
        return None

    @property
    def company_id(self) -> int | None:
        """The company it belongs to."""
        return int(self.row.pk) if self.kind == ItemKind.ACCOUNT else self.row.company_id

    @property
    def is_over(self) -> bool:
        """Whether the work on it has ended."""
        return self.row.state in _OVER

    def facts(self, schema: FieldSchema) -> Item:
        """It as the engine sees it."""
        if self.kind == ItemKind.ACCOUNT:
            return account_item(self.row)
        if self.kind == ItemKind.OPPORTUNITY:
            return opportunity_item(self.row)
        company = None if self.row.company is None else known_company(self.row.company)
        return stored_lead_item(self.row, company, schema)


def linked(links: Iterable[Link]) -> dict[Link, Linked]:
    """What these links lead to, in one query a kind; what is not there is left out."""
    wanted: dict[str, set[int]] = {}
    for kind, item_id in links:
        wanted.setdefault(kind, set()).add(item_id)
    found: dict[Link, Linked] = {}
    for kind, ids in sorted(wanted.items()):
        rows: Any = MODELS[kind]._default_manager.filter(pk__in=ids)
        if kind != ItemKind.ACCOUNT:
            rows = rows.select_related("company")
        found |= {(kind, row.pk): Linked(kind, row) for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class Doing:
    """What the engine has to know of a to-do, made already or about to be."""

    id: int
    type: str
    points: int  # micro-points
    minutes: int
    quantity: int
    difficulty: str = "normal"
    level: str = ""
    skills: Collection[str] = ()
    way: str = ""  # holder, market, "" = by the rules
    holder_id: int | None = None  # who gets it by the way holder
    round: int = 0
    gave_back: tuple[str, ...] = ()
    about: Linked | None = field(default=None, compare=False)


def task_item(doing: Doing, schema: FieldSchema) -> Item:
    """A to-do as the engine sees it: itself, and what it is for. Whose that is counts as the
    owner of its company."""
    values: dict[str, Value] = {}
    company: Mapping[str, Value] = {}
    company_id, holder = "", doing.holder_id
    if doing.about is not None:
        facts = doing.about.facts(schema)
        values = {name: value for name, value in facts.fields.items() if name not in _ITS_OWN}
        if facts.company is not None:
            company, company_id = facts.company.fields, facts.company.id
        holder = holder or doing.about.holder_id
    values |= {
        "type": doing.type,
        "difficulty": doing.difficulty,
        "minutes": doing.minutes,
        "quantity": doing.quantity,
        "points": Decimal(doing.points) / POINT,
    }
    if doing.way:
        values["way"] = doing.way
    if doing.level:
        values["level"] = doing.level
    if doing.skills:
        values["skills"] = tuple(doing.skills)
    owner = None if holder is None else str(holder)
    return Item(
        id=item_key(ItemKind.TASK, doing.id),
        fields=values,
        kind=ItemKind.TASK,
        company=Company(company_id, company, owner),
        round=doing.round,
        gave_back=doing.gave_back,
    )


def stored_item(
    task: Task, about: Linked | None, schema: FieldSchema, *, gave_back: tuple[str, ...] = ()
) -> Item:
    """A stored to-do as the engine sees it, for the rules to decide."""
    doing = Doing(
        id=task.pk,
        type=task.type,
        points=task.points,
        minutes=task.minutes,
        quantity=task.quantity,
        difficulty=task.difficulty,
        level=task.level,
        skills=task.skills,
        round=task.round,
        gave_back=gave_back,
        about=about,
    )
    return task_item(doing, schema)


def points_for(terms: TaskType, quantity: int) -> int:
    """Workload points of so many of a type, in micro-points, rounded down."""
    return terms.usual_points * quantity // terms.quantity


def minutes_for(terms: TaskType, quantity: int) -> int:
    """How long so many of a type take, at least a minute."""
    return max(1, terms.minutes * quantity // terms.quantity)
