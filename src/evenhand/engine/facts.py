"""What the engine is told: items, companies, reps and loads, as frozen values.

Nothing here reads a file, a clock or a database. Adapters (spreadsheets today, snapshots of the
database later) build these values; everything in the engine only reads them.

Units: points are integer micro-points (1 point = 1,000,000); weights and factors are integer
hundredths (100 = one full share); instants are timezone-aware datetimes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from evenhand.engine.reasons import Reason
from evenhand.engine.region_names import stem

POINT = 1_000_000
FULL_WEIGHT = 100

# Numbers are int or Decimal, never float: comparisons decide, and floats never decide.
Scalar = str | int | Decimal | bool | date | datetime | time
Value = Scalar | tuple[str, ...] | None

NOTHING: Mapping[str, Value] = MappingProxyType({})


class ItemKind(StrEnum):
    """What can be dealt. Routing treats all kinds alike."""

    LEAD = "lead"
    TASK = "task"
    ACCOUNT = "account"
    OPPORTUNITY = "opportunity"
    OUTLET = "outlet"


class FieldType(StrEnum):
    """How the values of a field are compared."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    LIST = "list"  # several texts: skills, languages, products
    REGION = "region"  # one region
    REGIONS = "regions"  # several regions: what a rep covers


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field that a condition may name, such as `lead.region` or `rep.skills`."""

    root: str  # lead, company, rep or now
    name: str
    type: FieldType
    personal: bool = False  # name, phone, mail: never stored in a receipt
    choices: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The field as a condition writes it: `root.name`."""
        return f"{self.root}.{self.name}"


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """All fields that conditions may name."""

    fields: Mapping[str, FieldSpec]

    @classmethod
    def of(cls, specs: Iterable[FieldSpec]) -> "FieldSchema":
        """Index field specs by path; a later spec replaces an earlier one of the same path."""
        return cls(MappingProxyType({spec.path: spec for spec in specs}))

    def extended(self, specs: Iterable[FieldSpec]) -> "FieldSchema":
        """This schema with more fields, which win over built-in ones of the same path."""
        return FieldSchema.of([*self.fields.values(), *specs])

    def get(self, path: str) -> FieldSpec | None:
        """The field of this path, or None if there is none."""
        return self.fields.get(path)


def _specs(root: str, types: Mapping[str, FieldType], personal: frozenset[str]) -> list[FieldSpec]:
    return [FieldSpec(root, name, type_, name in personal) for name, type_ in types.items()]


# By which way an owner was found: the company's own, that of the nearest company above it that has
# one, or that of the company whose mail domain the item comes from.
OWN, PARENT, DOMAIN = "company", "parent", "domain"
OWNER_WAYS = (OWN, PARENT, DOMAIN)

_T = FieldType
BUILT_IN_FIELDS = FieldSchema.of(
    [
        *_specs(
            "lead",
            {
                "id": _T.TEXT,
                "kind": _T.TEXT,
                "name": _T.TEXT,
                "title": _T.TEXT,
                "phone": _T.TEXT,
                "email": _T.TEXT,
                "region": _T.REGION,
                "industry": _T.TEXT,
                "product": _T.TEXT,
                "source": _T.TEXT,
                "campaign": _T.TEXT,
                "size": _T.TEXT,
                "language": _T.TEXT,
                "skill": _T.TEXT,
                "budget": _T.NUMBER,
                "value": _T.NUMBER,
                "employees": _T.NUMBER,
                "created_at": _T.DATETIME,
                "score": _T.NUMBER,
                "grade": _T.TEXT,
                "points": _T.NUMBER,
                "status": _T.TEXT,
                "note": _T.TEXT,
                "collected_by": _T.TEXT,
            },
            frozenset({"name", "phone", "email", "note"}),
        ),
        *_specs(
            "company",
            {
                "id": _T.TEXT,
                "name": _T.TEXT,
                "region": _T.REGION,
                "industry": _T.TEXT,
                "size": _T.TEXT,
                "employees": _T.NUMBER,
                "revenue": _T.NUMBER,
                "is_key_account": _T.BOOLEAN,
                "owner": _T.TEXT,
            },
            frozenset({"name"}),
        ),
        FieldSpec("company", "owner_by", _T.TEXT, choices=OWNER_WAYS),
        *_specs(
            "rep",
            {
                "id": _T.TEXT,
                "team": _T.TEXT,
                "level": _T.TEXT,
                "region": _T.REGIONS,
                "industry": _T.LIST,
                "product": _T.LIST,
                "skill": _T.LIST,
                "language": _T.LIST,
                "duty": _T.LIST,  # names of the rosters (值班表) on which he is on duty now
                "joined_on": _T.DATE,
                "is_new": _T.BOOLEAN,
            },
            frozenset(),
        ),
        *_specs(
            "now",
            {
                "at": _T.DATETIME,
                "date": _T.DATE,
                "time": _T.TIME,
                "weekday": _T.NUMBER,  # 1 = Monday … 7 = Sunday
                "is_working_time": _T.BOOLEAN,
            },
            frozenset(),
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Regions:
    """A tree of regions by name, for `is within`.

    `parents` maps a region to the one that contains it; `aliases` maps other spellings to the
    settled one. A value may also be a path from large to small, "浙江省/杭州市": each step
    is then within the steps before it, whether or not the tree knows them. A name without its rank
    (浙江, 杭州) means whatever bears it.
    """

    parents: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def settled(self, name: str) -> str:
        """The settled spelling of one region name."""
        name = name.strip()
        return self.aliases.get(name, name)

    def lineage(self, value: str) -> tuple[str, ...]:
        """The region and everything that contains it, smallest first, without repeats."""
        found: dict[str, None] = {}
        for step in reversed([part for part in value.split("/") if part.strip()]):
            name = self.settled(step)
            # The tree comes from outside: a cycle must end the walk, not hang it.
            while name not in found:
                found[name] = None
                parent = self.parents.get(name) or self.parents.get(stem(name))
                if parent is None:
                    break
                name = self.settled(parent)
        return tuple(found)

    def within(self, inner: str, outer: str) -> bool:
        """Whether `inner` is `outer` or lies inside it.

        Two paths with the same name at their ends are the same only if what is above may be:
        北京市/朝阳区 is not 吉林省/长春市/朝阳区.
        """
        target, line = self.lineage(outer), self.lineage(inner)
        if not target:
            return False
        position = next((n for n, one in enumerate(line) if target[0] in (one, stem(one))), -1)
        if position < 0:
            return False
        above, wanted = line[position + 1 :], target[1:]
        known = {stem(one) for one in above}
        return not above or not wanted or any(stem(one) in known for one in wanted)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Something the prospect did: visited the price page, opened a mail, asked to be called."""

    kind: str
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Company:
    """The company an item belongs to; `owner_id` is who looks after it, if anyone."""

    id: str
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    owner_id: str | None = None
    owner_by: str = OWN  # one of OWNER_WAYS; says nothing where nobody looks after it


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps an item from everybody but a few: the customer's peace (客户安宁)."""

    why: Reason
    but: tuple[str, ...] = ()  # people whom it does not keep off


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be dealt: a lead, a task, an account, an opportunity or an outlet."""

    id: str
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    kind: ItemKind = ItemKind.LEAD
    company: Company | None = None
    behaviours: tuple[Behaviour, ...] = ()
    round: int = 0  # how often it was dealt before
    gave_back: tuple[str, ...] = ()  # people who had it and handed it back: not to them again
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """An absence, whole days or by the hour; `until_at` is exclusive."""

    from_at: datetime
    until_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A dated change of a person's weight, named in receipts: `factor` in hundredths."""

    factor: int
    from_date: date
    until_date: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rep:
    """A person who may receive items. Everything here is people's data, not policy."""

    id: str
    name: str = ""
    team: str = ""
    level: str = ""
    weight: int = FULL_WEIGHT
    fields: Mapping[str, Value] = field(
        default_factory=lambda: NOTHING
    )  # region, industry, product, skill, language, …
    is_active: bool = True
    is_accepting: bool = True  # the person's own switch
    joined_on: date | None = None
    leaves: tuple[Leave, ...] = ()
    calendar: str = ""  # name of a calendar in Team.calendars; "" = the company's
    mentor_id: str | None = None
    capacity: int | None = None  # most open items, instead of the policy's
    performance: int = FULL_WEIGHT
    reward: int = FULL_WEIGHT
    weights: Mapping[str, int] = field(default_factory=dict)  # "kind", "grade" or "kind:grade"
    adjustments: tuple[Adjustment, ...] = ()
    results: int = 0  # leads converted so far: they speed a newcomer's ramp up
    days_away: int = 0  # whole days of leave since joining: his ramp waits so long


@dataclass(frozen=True, slots=True)
class Load:
    """What a rep carries: open items now, and what was received lately (newest last)."""

    open_count: int = 0
    open_points: int = 0
    received: tuple[tuple[datetime, int], ...] = ()  # (when, micro-points)


NO_LOAD = Load()
