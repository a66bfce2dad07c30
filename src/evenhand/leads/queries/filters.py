"""What a list is narrowed to, read from an address; values that mean nothing are left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.leads.models import Opportunity, OpportunityStage, Stage, State
from evenhand.leads.queries.deadlines import ENDS, ending_soon
from evenhand.platform.days import day_of, span_of

_OPEN = (State.OWNED, State.QUEUED, State.POOLED, State.UNTENDED)
STATES: dict[str, tuple[str, ...]] = {
    "open": _OPEN,
    **{state.value: (state.value,) for state in State},
    "all": tuple(State),
}

_CONTACTED = (Stage.CONTACTED, Stage.QUALIFIED, Stage.CONVERTED)
_QUALIFIED = (Stage.QUALIFIED, Stage.CONVERTED)
# The steps of the funnel, each with what makes a lead come so far; a lost one keeps how far.
REACHED: dict[str, Q] = {
    "owned": Q(owner__isnull=False),
    "contacted": Q(owner__isnull=False)
    & (Q(contacted_at__isnull=False) | Q(stage__in=_CONTACTED) | Q(lost_stage__in=_CONTACTED)),
    "qualified": Q(owner__isnull=False) & (Q(stage__in=_QUALIFIED) | Q(lost_stage__in=_QUALIFIED)),
    "converted": Q(owner__isnull=False, stage=Stage.CONVERTED),
    "won": Q(
        Exists(Opportunity.objects.filter(lead=OuterRef("pk"), stage=OpportunityStage.WON)),
        owner__isnull=False,
        stage=Stage.CONVERTED,
    ),
}


# Which leads an import made: what knows of imports says so when it is loaded.
OF_IMPORT: list[Callable[[int], QuerySet[Any]]] = []


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """What lists of leads, accounts and opportunities have in common. "" and None = any."""

    q: str = ""
    state: str = "open"  # a key of STATES
    owner: int | None = None
    team: int | None = None  # with the teams below it
    line: int | None = None
    grade: str = ""
    region: str = ""  # that region and what lies in it
    industry: str = ""
    since: datetime | None = None  # created
    until: datetime | None = None  # exclusive
    ends: str = ""  # soon: a clock over it runs out within days


@dataclass(frozen=True, slots=True)
class LeadFilter(ItemFilter):
    """What a list of leads is narrowed to."""

    stage: str = ""
    reached: str = ""  # a key of REACHED: came at least so far, lost ones too
    source: str = ""
    campaign: str = ""
    of_import: int | None = None  # made by this import
    due: str = ""  # due: first contact outstanding; overdue: and late
    reason: str = ""  # code of the reason why it is unassigned


@dataclass(frozen=True, slots=True)
class AccountFilter(ItemFilter):
    """What a list of accounts is narrowed to."""

    key: bool = False  # key accounts only


@dataclass(frozen=True, slots=True)
class OpportunityFilter(ItemFilter):
    """What a list of opportunities is narrowed to."""

    stage: str = ""
    company: int | None = None
    closing_until: date | None = None  # expected close, that day included


def lead_filter(params: Mapping[str, str], *, zone: str) -> LeadFilter:
    """A filter of leads from the parameters of an address; days are days of `zone`."""
    return LeadFilter(
        **_common(params, zone),
        stage=_one_of(params.get("stage", ""), Stage.values),
        reached=_one_of(params.get("reached", ""), REACHED),
        source=params.get("source", "")[:60],
        campaign=params.get("campaign", "")[:80],
        of_import=_number(params.get("import", "")),
        due=_one_of(params.get("due", ""), ("due", "overdue")),
        reason=params.get("reason", "")[:80],
    )


def account_filter(params: Mapping[str, str], *, zone: str) -> AccountFilter:
    """A filter of accounts; as `lead_filter`."""
    return AccountFilter(**_common(params, zone), key=params.get("key") == "1")


def opportunity_filter(params: Mapping[str, str], *, zone: str) -> OpportunityFilter:
    """A filter of opportunities; as `lead_filter`."""
    return OpportunityFilter(
        **_common(params, zone),
        stage=_one_of(params.get("stage", ""), OpportunityStage.values),
        company=_number(params.get("company", "")),
        closing_until=day_of(params.get("closing_until", "")),
    )


def narrow(rows: QuerySet[Any], wanted: ItemFilter, *, has_place: bool = True) -> QuerySet[Any]:
    """Apply what all kinds have in common; `has_place`: rows with region and industry."""
    if wanted.state != "all":
        states = STATES[wanted.state]
        rows = rows.filter(state__in=states) if len(states) > 1 else rows.filter(state=states[0])
    exact: dict[str, Any] = {
        "owner_id": wanted.owner,
        "line_id": wanted.line,
        "grade": wanted.grade,
    }
    if has_place:
        exact["industry"] = wanted.industry
        if wanted.region:
            region = wanted.region
            rows = rows.filter(Q(region=region) | Q(region__startswith=f"{region}/"))
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in (None, "")})
    if wanted.team is not None:
        rows = rows.filter(owner__user__team__path__contains=[wanted.team])
    if wanted.since is not None:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(created_at__lt=wanted.until)
    return ending_soon(rows) if wanted.ends else rows


def _common(params: Mapping[str, str], zone: str) -> dict[str, Any]:
    since, until = span_of(params, zone)
    return {
        "q": params.get("q", "").strip()[:80],
        "state": _one_of(params.get("state", ""), STATES) or "open",
        "owner": _number(params.get("owner", "")),
        "team": _number(params.get("team", "")),
        "line": _number(params.get("line", "")),
        "grade": params.get("grade", "")[:40],
        "region": params.get("region", "")[:120],
        "industry": params.get("industry", "")[:60],
        "since": since,
        "until": until,
        "ends": _one_of(params.get("ends", ""), ENDS),
    }


def _one_of(value: str, choices: Any) -> str:
    return value if value in choices else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
