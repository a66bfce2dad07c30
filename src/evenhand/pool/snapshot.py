"""What the clocks of many items rest on, read in sets: one query per kind of fact."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Max, Q

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.clocks import NO_CLOCKS, Clocks, HeldFacts, run
from evenhand.engine.pool.counting import Stop
from evenhand.engine.pool.evidence import Proof, Touch, weigh
from evenhand.engine.pool.section import ClockRule, EvidenceTerms
from evenhand.engine.pool.spans import Span
from evenhand.journal.models import Event
from evenhand.leads.access import MODELS
from evenhand.leads.models import Activity, Assignment, Direction, Opportunity, OpportunityStage
from evenhand.leads.work import NOTE
from evenhand.people.models import Leave
from evenhand.people.snapshot import People, people_now
from evenhand.platform.any_of import any_of
from evenhand.platform.prepared import send
from evenhand.policies.live import LivePolicy, policy_of_version
from evenhand.pool.models import Extension, Firing, Pause
from evenhand.pool.pauses import COMPANY, REP, RULE
from evenhand.routing.desk import facts_of
from evenhand.routing.seen import beside, seen
from evenhand.tasks.models import Task, TaskState

log = logging.getLogger(__name__)
# What somebody took or made himself, or had before: nobody waits for him to accept it.
_BY_HIMSELF = frozenset({"claimed", "created", "converted", "imported"})
T = TypeVar("T")

Fired = frozenset[tuple[str, str, datetime]]


@dataclass(frozen=True, slots=True)
class Wound:
    """One open assignment with its clocks worked out, and what it rests on."""

    held: Assignment
    item: Any  # its row
    live: LivePolicy | None  # the version under which its clocks run
    bindings: Bindings | None
    clocks: Clocks
    fired: Fired = frozenset()
    failure: str = ""  # the class of the mistake for which its clocks could not be worked out

    @property
    def next_at(self) -> datetime | None:
        """When something is to be done next."""
        return self.clocks.next_at(self.fired)


def work_out(rows: Sequence[Assignment], now: datetime) -> list[Wound]:
    """The clocks of open assignments, as the facts stand. The caller has them under lock."""
    if not rows:
        return []
    found: list[Wound] = []
    governed: list[_Governed] = []
    for one in _under_rules(rows, now):
        if isinstance(one, Wound):
            found.append(one)
        else:
            governed.append(one)
    if governed:
        facts = _Facts(governed)
        found += [_ruled(one, facts) for one in governed]
    return found


class Ruling:
    """One open assignment under the rule over it; its clocks are worked out when asked for."""

    def __init__(self, held: Assignment, now: datetime, item: Any = None) -> None:
        items = {} if item is None else {(held.item_kind, held.item_id): item}
        (self._found,) = _under_rules([held], now, items)

    @property
    def rule(self) -> ClockRule | None:
        """The rule of the version that its clocks began with; None = no clock runs."""
        return None if isinstance(self._found, Wound) else self._found.rule

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks as the facts stand: a dozen queries."""
        if isinstance(self._found, Wound):
            return self._found.clocks
        return _ruled(self._found, _Facts([self._found])).clocks


def _under_rules(
    rows: Sequence[Assignment], now: datetime, items: Mapping[tuple[str, int], Any] | None = None
) -> "Iterator[Wound | _Governed]":
    """Each with the rule over it; a wound one where there is nothing to be worked out.

    `items` are their items' rows, by kind and id, where the caller has read them.
    """
    people = people_now(now)
    for held, item, live in _with_items(rows, items or {}):
        known = _try(held.pk, lambda: _governed(held, item, live, people, now))  # noqa: B023
        if isinstance(known, Exception):
            calendar = people.team.company_calendar
            yield _failed(_Governed(held, item, live, calendar), known)
        elif known.rule is None:
            yield Wound(held, item, live, known.bindings, NO_CLOCKS)
        else:
            yield known


def _ruled(one: "_Governed", facts: "_Facts") -> Wound:
    clocks = _try(one.held.pk, lambda: run(one.rule, facts.of(one)))
    if isinstance(clocks, Exception):
        return _failed(one, clocks)
    fired = frozenset(facts.fired.get(one.held.pk, ()))
    return Wound(one.held, one.item, one.live, one.bindings, clocks, fired)


def _failed(one: "_Governed", mistake: Exception) -> Wound:
    named = mistake.__class__.__name__
    return Wound(one.held, one.item, one.live, one.bindings, NO_CLOCKS, failure=named)


def _try(assignment_id: int, work: Callable[[], T]) -> T | Exception:
    """One item whose clocks cannot be worked out, a mistake in the program, stops no others."""
    try:
        return work()
    except Exception as mistake:
        log.exception("the clocks of assignment %s cannot be worked out", assignment_id)
        return mistake


@dataclass(frozen=True, slots=True)
class _Governed:
    held: Assignment
    item: Any
    live: LivePolicy | None
    calendar: Calendar
    rule: ClockRule | None = None
    bindings: Bindings | None = None

    @property
    def start(self) -> datetime:
        later = self.held.clocks_from
        return self.held.opened_at if later is None else max(self.held.opened_at, later)


def _with_items(
    rows: Sequence[Assignment], known: Mapping[tuple[str, int], Any]
) -> Iterable[tuple[Assignment, Any, LivePolicy | None]]:
    items = dict(known)
    missing = [one for one in rows if (one.item_kind, one.item_id) not in known]
    for kind, model in MODELS.items():
        ids = [one.item_id for one in missing if one.item_kind == kind]
        if not ids:
            continue
        found: Any = model._default_manager.filter(any_of("pk", ids))
        if kind != ItemKind.ACCOUNT:
            found = found.select_related("company")
        items |= {(str(kind), row.pk): row for row in found}
    versions = _versions() if any(one.clocks_policy_id is None for one in rows) else {}
    for one in rows:
        item = items.get((one.item_kind, one.item_id))
        if item is None:
            yield one, None, None
            continue
        version = one.clocks_policy_id or versions.get(item.line_id)
        yield one, item, None if version is None else policy_of_version(version)


def _versions() -> dict[int | None, int]:
    """The live version of each line, and under None that of the default one."""
    found: dict[int | None, int] = {}
    for line, version, is_default in send(_LIVE_VERSIONS).rows():
        found[line] = version
        if is_default:
            found[None] = version
    return found


_LIVE_VERSIONS = """
SELECT v.line_id, v.id, l.is_default FROM policy_version AS v JOIN line AS l ON l.id = v.line_id
WHERE v.state = 'live'
"""


def _governed(
    held: Assignment,
    item: Any,
    live: LivePolicy | None,
    people: People,
    now: datetime,
) -> _Governed:
    team, rep = people.team, people.reps.get(held.rep_id)
    calendar = people.calendar_of(held.rep_id)
    if item is None or live is None or not live.pools.clocks.rules:
        return _Governed(held, item, live, calendar)
    kind = ItemKind(held.item_kind)
    bindings = seen(live, team, item, facts_of(kind, item, live), now=now)
    if rep is not None:
        bindings = beside(bindings, rep)
    rule = live.pools.clocks_for(kind.value, bindings)
    return _Governed(held, item, live, calendar, rule, bindings)


class _Facts:
    """Everything that the clocks of these assignments ask for."""

    def __init__(self, ruled: Sequence[_Governed]) -> None:
        self._since = min(one.start for one in ruled)
        ids = [one.held.pk for one in ruled]
        reps = {one.held.rep_id for one in ruled}
        self.touches: dict[tuple[str, int], list[Touch]] = defaultdict(list)
        self.contacts: dict[tuple[str, int], list[datetime]] = defaultdict(list)
        self.stages: dict[tuple[str, int], list[tuple[datetime, str]]] = defaultdict(list)
        self.sales: dict[tuple[str, int], list[_Sale]] = defaultdict(list)
        self.agreed: dict[tuple[str, int], datetime] = {}
        self.extensions: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        self.fired: dict[int, set[tuple[str, str, datetime]]] = defaultdict(set)
        for kind in dict.fromkeys(one.held.item_kind for one in ruled):
            of_kind = [one.held.item_id for one in ruled if one.held.item_kind == kind]
            self._read_activities(kind, of_kind)
            self._read_stages(kind, of_kind)
            self._read_sales(kind, of_kind)
            self._read_agreed(kind, of_kind)
        granted = Extension.objects.filter(any_of("assignment", ids), is_granted=True)
        for row in granted.order_by("decided_at", "pk"):
            self.extensions[row.assignment_id][row.clock].append(Span(row.days, row.minutes))
        for fired in Firing.objects.filter(any_of("assignment", ids)):
            self.fired[fired.assignment_id].add((fired.clock, fired.step, fired.due_at))
        self.stops = _Stops(ids, reps, self._since)

    def of(self, one: _Governed) -> HeldFacts:
        """The facts of one of them."""
        held, rule = one.held, one.rule
        assert rule is not None and one.live is not None
        key = (held.item_kind, held.item_id)
        contacts = [at for at in self.contacts.get(key, ()) if at >= held.opened_at]
        sales = [s for s in self.sales.get(key, ()) if s.counts(key[0], held.opened_at)]
        stage, stage_at = self._stage(one)
        return HeldFacts(
            start=one.start,
            calendar=one.calendar,
            stops=self.stops.of(held, rule.rule, one.live.line_id, one.start),
            accepted_at=held.opened_at if held.cause in _BY_HIMSELF else held.accepted_at,
            contacted_at=getattr(one.item, "contacted_at", None) or min(contacts, default=None),
            opportunity_at=min((sale.at for sale in sales), default=None),
            won_at=min((sale.won_at for sale in sales if sale.won_at), default=None),
            agreed_for=self.agreed.get(key),
            stage=stage,
            stage_at=stage_at,
            proofs=self._proofs(key, held.opened_at, one.live.pools.clocks.evidence),
            extensions={
                clock: tuple(spans) for clock, spans in self.extensions.get(held.pk, {}).items()
            },
        )

    def _proofs(
        self, key: tuple[str, int], since: datetime, terms: Sequence[EvidenceTerms]
    ) -> tuple[Proof, ...]:
        found = [weigh(one, terms) for one in self.touches.get(key, ()) if one.at >= since]
        # Only the first time that a stage is reached counts: to and fro proves nothing.
        reached: set[str] = set()
        for at, stage in sorted(self.stages.get(key, ())):
            if stage not in reached and at >= since:
                found.append(weigh(Touch(at, "stage"), terms))
            reached.add(stage)
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at))

    def _stage(self, one: _Governed) -> tuple[str, datetime | None]:
        stage = getattr(one.item, "stage", "")
        stage_at = getattr(one.item, "stage_at", None)
        if stage_at is None:
            entered = self.stages.get((one.held.item_kind, one.held.item_id), ())
            stage_at = max((at for at, name in entered if name == stage), default=None)
        return stage, stage_at

    def _read_activities(self, kind: str, ids: Sequence[int]) -> None:
        rows = Activity.objects.exclude(channel=NOTE).filter(at__gte=self._since)
        of_company = kind == ItemKind.ACCOUNT
        # What happens with a company's leads happens with the company.
        column = "company_id" if of_company else "item_id"
        rows = rows.filter(any_of(column, ids))
        if not of_company:
            rows = rows.filter(item_kind=kind)
        for item_id, at, channel, direction, evidence, seconds in rows.values_list(
            column, "at", "channel", "direction", "evidence", "seconds"
        ):
            key = (kind, item_id)
            self.touches[key].append(Touch(at, channel, direction, evidence or "said", seconds))
            if direction != Direction.NONE:
                self.contacts[key].append(at)

    def _read_stages(self, kind: str, ids: Sequence[int]) -> None:
        rows = Event.objects.filter(
            any_of("object_id", ids), kind=f"{kind}.stage_set", object_kind=kind
        )
        for item_id, at, data in rows.values_list("object_id", "at", "data"):
            self.stages[kind, item_id or 0].append((at, str(data.get("to", ""))))

    def _read_agreed(self, kind: str, ids: Sequence[int]) -> None:
        """To-dos with a date that a person made; what rules and series make is agreed by nobody."""
        rows = Task.objects.filter(
            state=TaskState.OPEN, due_at__isnull=False, trigger="", series=None
        )
        if kind == ItemKind.ACCOUNT:
            rows, column = rows.filter(any_of("company", ids)), "company_id"
        else:
            rows, column = rows.filter(any_of("item_id", ids), item_kind=kind), "item_id"
        for item_id, due_at in rows.values_list(column).annotate(last=Max("due_at")):
            self.agreed[kind, item_id] = due_at

    def _read_sales(self, kind: str, ids: Sequence[int]) -> None:
        if kind == ItemKind.OPPORTUNITY:
            return
        column = "lead_id" if kind == ItemKind.LEAD else "company_id"
        rows = Opportunity.objects.filter(any_of(column, ids))
        for item_id, at, stage, closed_at in rows.values_list(
            column, "created_at", "stage", "closed_at"
        ):
            won_at = closed_at if stage == OpportunityStage.WON else None
            self.sales[kind, item_id].append(_Sale(at, closed_at, won_at))


@dataclass(frozen=True, slots=True)
class _Sale:
    """An opportunity of a lead or a company."""

    at: datetime
    closed_at: datetime | None
    won_at: datetime | None

    def counts(self, kind: str, since: datetime) -> bool:
        """Whether it is one of this time: of a lead all are, of a company those not over before."""
        return kind == ItemKind.LEAD or self.closed_at is None or self.closed_at >= since


@dataclass(slots=True)
class _Stops:
    """Leaves and pauses of these assignments."""

    ids: Sequence[int]
    reps: Iterable[int]
    since: datetime
    by_rep: dict[int, list[Stop]] = field(default_factory=lambda: defaultdict(list))
    by_item: dict[int, list[Stop]] = field(default_factory=lambda: defaultdict(list))
    by_rule: dict[tuple[int | None, str], list[Stop]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of_all: list[Stop] = field(default_factory=list)

    def __post_init__(self) -> None:
        leaves = Leave.objects.filter(
            any_of("rep", self.reps), canceled_at=None, until_at__gt=self.since
        ).values_list("rep_id", "from_at", "until_at")
        for rep_id, from_at, until_at in leaves:
            self.by_rep[rep_id].append(Stop(from_at, until_at))
        concerned = (
            Q(kind__in=(COMPANY, RULE))
            | Q(any_of("rep", self.reps), kind=REP)
            | Q(any_of("assignment", self.ids))
        )
        for one in Pause.objects.exclude(until_at__lte=self.since).filter(concerned):
            stop = Stop(one.from_at, one.until_at)
            if one.kind == COMPANY:
                self.of_all.append(stop)
            elif one.kind == RULE:
                self.by_rule[one.line_id, one.rule].append(stop)
            elif one.kind == REP:
                self.by_rep[one.rep_id or 0].append(stop)
            else:
                self.by_item[one.assignment_id or 0].append(stop)

    def of(self, held: Assignment, rule: str, line_id: int, start: datetime) -> tuple[Stop, ...]:
        every = (
            *self.of_all,
            *self.by_rep.get(held.rep_id, ()),
            *self.by_item.get(held.pk, ()),
            *self.by_rule.get((line_id, rule), ()),
        )
        return tuple(one for one in every if one.until_at is None or one.until_at > start)
