"""The demo company as plain values: what the generator says and the loader writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """The company's day at a moment: it has begun in Shanghai hours before it has in UTC."""
    return at.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team, its parent and the mail address of its manager ("" = none)."""

    name: str
    parent: str
    manager: str = ""


@dataclass(frozen=True, slots=True)
class RepPlan:
    """What makes somebody a rep; weights in hundredths, `pace` in hundredths of the usual time."""

    level: str
    weight: int
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    products: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    joined_on: date
    calendar: str
    mentor: str = ""  # mail address
    capacity: int | None = None
    performance: int = 100
    pace: int = 100
    is_accepting: bool = True


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody who can log in."""

    email: str
    name: str
    role: str
    scope: str
    team: str
    locale: str = ""
    zone: str = ""
    rep: RepPlan | None = None


@dataclass(frozen=True, slots=True)
class SpanPlan:
    """A leave or a shift; `what` is its reason or the roster's name."""

    email: str
    from_at: datetime
    until_at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class AdjustmentPlan:
    """A dated change of somebody's weight."""

    email: str
    factor: int
    from_date: date
    until_date: date
    note: str


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Everybody, with their teams, absences and shifts."""

    teams: tuple[TeamPlan, ...]
    people: tuple[PersonPlan, ...]
    leaves: tuple[SpanPlan, ...]
    duties: tuple[SpanPlan, ...]
    adjustments: tuple[AdjustmentPlan, ...]

    @property
    def reps(self) -> tuple[PersonPlan, ...]:
        """Those who receive items."""
        return tuple(one for one in self.people if one.rep is not None)


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """A person at a company."""

    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    """A firm; `owner` is the mail address of who looks after it from the first day."""

    name: str
    line: str
    domain: str
    region: str
    country: str  # "" = China
    industry: str
    size: str
    employees: int
    revenue: int  # minor units
    currency: str
    language: str
    contacts: tuple[ContactPlan, ...]
    parent: str = ""
    is_key_account: bool = False
    owner: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """A contact, as working minutes after the lead was assigned."""

    after_minutes: int
    channel: str
    outcome: str
    evidence: str
    seconds: int | None
    note: str


@dataclass(frozen=True, slots=True)
class DealPlan:
    """What became of a lead that was worth an offer: stages by working minutes after the first."""

    name: str
    value: int  # minor units
    currency: str
    stages: tuple[tuple[str, int], ...]  # (stage, working minutes since assignment)
    close_in_days: int


@dataclass(frozen=True, slots=True)
class FatePlan:
    """How the work on a lead goes, once somebody has it."""

    activities: tuple[ActivityPlan, ...]
    end: str = ""  # "" = still open, lost, converted
    end_after_minutes: int = 0
    reason: str = ""  # of a loss
    deal: DealPlan | None = None


@dataclass(frozen=True, slots=True)
class LeadPlan:
    """A lead as it comes in, and its fate."""

    number: str
    at: datetime
    line: str
    name: str
    title: str
    company: str
    phone: str
    email: str
    region: str
    industry: str
    product: str
    source: str
    campaign: str
    language: str
    size: str
    employees: int | None
    budget: int | None
    currency: str
    grade: str
    note: str
    via: str
    fate: FatePlan
    collected_by: str = ""  # mail address
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """The whole company up to a moment."""

    name: str
    until: datetime
    staff: StaffPlan
    companies: tuple[CompanyPlan, ...]
    leads: tuple[LeadPlan, ...]
