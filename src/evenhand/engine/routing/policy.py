"""A policy document made ready to decide: conditions compiled, names looked up, fields listed.

The document itself is assembled in `engine.policy`; routing sees only the parts it reads, so that
the document may know routing and not the other way round.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from evenhand.engine.conditions import (
    ALWAYS,
    Bindings,
    Condition,
    WorkingClock,
    atoms_of,
    compile_condition,
    derive,
    fields_read,
    parse,
    personal_atoms,
)
from evenhand.engine.conditions.operators import EMPTINESS
from evenhand.engine.facts import (
    BUILT_IN_FIELDS,
    OWN,
    Company,
    FieldSchema,
    FieldSpec,
    Item,
    Regions,
    Value,
)
from evenhand.engine.ledger.section import FairnessSection
from evenhand.engine.routing.fit import FitSection, fields_fit_reads
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.section import (
    AvailabilitySection,
    BestFit,
    CapacitySection,
    ExplorationSection,
    FairShare,
    Group,
    Level,
    OwnerOf,
    Rotation,
    Rule,
    Territory,
)
from evenhand.engine.scoring.card import Card
from evenhand.engine.scoring.grades import GradeScale
from evenhand.engine.scoring.points import PointScale, largest_points
from evenhand.engine.scoring.section import GradesSection, PointsSection, ScoringSection

# Stands in a reading for "somebody", where who it is makes no difference to any condition; after it
# by which way he was found, where that is not the company itself.
OWNED = "*"
_OWNERS = frozenset({"company.owner", "company.owner_by"})


def owner_way(company: Mapping[str, Value]) -> str:
    """By which way the owner in a reading was found, as far as the reading says."""
    by = company.get("owner_by")
    owner = company.get("owner")
    if isinstance(by, str):
        return by
    if not isinstance(owner, str) or not owner.startswith(OWNED):
        return OWN
    return owner.removeprefix(OWNED) or OWN


Test = Callable[[Bindings], bool]
GroupTarget = FairShare | Rotation | BestFit


class PolicyParts(Protocol):
    """The parts of a policy document that routing reads."""

    @property
    def label(self) -> str: ...
    @property
    def field_specs(self) -> tuple[FieldSpec, ...]: ...
    @property
    def region_tree(self) -> Regions: ...
    @property
    def scoring(self) -> ScoringSection | None: ...
    @property
    def grades(self) -> GradesSection: ...
    @property
    def points(self) -> PointsSection: ...
    @property
    def levels(self) -> tuple[Level, ...]: ...
    @property
    def groups(self) -> tuple[Group, ...]: ...
    @property
    def territories(self) -> tuple[Territory, ...]: ...
    @property
    def rules(self) -> tuple[Rule, ...]: ...
    @property
    def fit(self) -> FitSection: ...
    @property
    def capacity(self) -> CapacitySection: ...
    @property
    def fairness(self) -> FairnessSection: ...
    @property
    def availability(self) -> AvailabilitySection: ...
    @property
    def exploration(self) -> ExplorationSection: ...


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its conditions compiled."""

    rule: Rule
    position: int
    applies: Test
    admits: Test
    admits_everybody: bool
    matches: tuple[tuple[str, Test], ...]

    @property
    def group(self) -> str | None:
        """The group this rule deals to, if it deals to one."""
        return self.rule.to.group if isinstance(self.rule.to, GroupTarget) else None


@dataclass(frozen=True, slots=True)
class ReadyLevel:
    """A level with its place on the ladder."""

    level: Level
    rank: int
    takes: Test
    mostly: Test | None = None


class Policy:
    """A policy ready to decide. Immutable after construction; build it once per version."""

    def __init__(self, parts: PolicyParts) -> None:
        self.parts = parts
        self.label = parts.label
        self.regions = parts.region_tree
        self.schema: FieldSchema = BUILT_IN_FIELDS.extended(parts.field_specs)
        self.rules = tuple(
            self._ready(rule, k) for k, rule in enumerate(parts.rules) if rule.is_enabled
        )
        self.card = None if parts.scoring is None else Card(parts.scoring, self.schema)
        self.grading = GradeScale(parts.grades, self.schema)
        self.scale = PointScale(parts.points, self.schema)
        self.groups = {group.group: group for group in parts.groups}
        self.group_tests = {
            group.group: self.test(group.who) if group.who is not None else None
            for group in parts.groups
        }
        self.weight_tests = {
            group.group: tuple((self.test(w.when), w.percent) for w in group.weights)
            for group in parts.groups
        }
        self.ladder = {
            level.level: ReadyLevel(
                level,
                rank,
                self.test(level.takes),
                None if level.mostly is None else self.test(level.mostly),
            )
            for rank, level in enumerate(parts.levels)
        }
        self.territories = tuple((entry, self.test(entry.when)) for entry in parts.territories)
        never = parts.exploration.never_when
        self.never_explored = self.test(never) if never is not None else None
        self.grades = tuple(parts.grades.names)
        self.largest_points = largest_points(parts.points)
        fairness = parts.fairness
        self.tau = self.largest_points if fairness.tau is None else fairness.tau
        self.band = self.tau if fairness.band is None else fairness.band
        self.conditions = conditions = tuple(_conditions(parts))
        self.personal = tuple(
            sorted(
                {atom for one in conditions for atom in personal_atoms(one, self.schema)},
                key=lambda atom: atom.text,
            )
        )
        self.paths_read = self._paths_read(conditions)
        self.reads_behaviours = parts.scoring is not None and parts.scoring.reads_behaviors
        self.reads_company_owner = not _OWNERS.isdisjoint(self.paths_read)
        self._sources = tuple(path.split(".", 1) for path in self.paths_read)
        self.asked_about_people = {
            ready.position: self._asked(ready) for ready in self.rules if ready.group is not None
        }
        self.owner_is_apart = self._only_asks_for_an_owner(conditions)
        self.depends_on_now = any(
            path.startswith("now.") for one in conditions for path in fields_read(one)
        )

    def _paths_read(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        parts = self.parts
        paths = {path for one in conditions for path in fields_read(one)}
        paths |= set(fields_fit_reads(parts.fit))
        for ready in self.rules:
            paths |= {f"lead.{name}" for name in ready.rule.match}
            if isinstance(ready.rule.to, OwnerOf):
                owners = {"company": "company.owner", "collector": "lead.collected_by"}
                paths |= {owners[ready.rule.to.of]} if ready.rule.to.of in owners else set()
        if parts.exploration.rate_millionths:
            paths.add("company.is_key_account")
        # Values given with the item count as read where the policy lets them decide.
        paths |= {"lead.grade", "lead.points", "lead.score"}
        return tuple(
            sorted(
                path
                for path in paths
                if path.startswith(("lead.", "company."))
                and path != "lead.kind"
                and not self._is_personal(path)
            )
        )

    def _asked(self, ready: ReadyRule) -> tuple[tuple[str, str], ...]:
        """What of an item can make a difference to who may take it, at which weight and fit.

        Grade, points, kind and answers to personal questions always can.
        """
        paths = {f"lead.{name}" for name in ready.rule.match}
        paths |= fields_read(ready.rule.who) | set(fields_fit_reads(self.parts.fit))
        for level in self.parts.levels:
            paths |= fields_read(level.takes)
            paths |= set() if level.mostly is None else fields_read(level.mostly)
        for weight in self.groups[ready.group or ""].weights:
            paths |= fields_read(weight.when)
        return tuple(
            (root, name)
            for path in sorted(paths)
            for root, _, name in [path.partition(".")]
            if root in ("lead", "company")
        )

    def _is_personal(self, path: str) -> bool:
        spec = self.schema.get(path)
        return spec is not None and spec.personal

    def _only_asks_for_an_owner(self, conditions: Iterable[Condition]) -> bool:
        """Whether conditions ask of `company.owner` only if there is one.

        Then who it is need not be part of the reading: items of a thousand owned companies are
        alike until the moment they are handed over.
        """
        asking = {
            atom.text
            for one in conditions
            for atom in atoms_of(one)
            if any(ref.path == "company.owner" for ref in atom.fields)
            and atom.operator not in EMPTINESS
        }
        return not asking and "company.owner" not in fields_fit_reads(self.parts.fit)

    def owner_of(self, item: Item) -> str:
        """Who looks after the item's company, if that is kept apart from its reading; or ""."""
        if not self.owner_is_apart or not self.reads_company_owner or item.company is None:
            return ""
        return item.company.owner_id or ""

    def read(self, item: Item, *, now: datetime, clock: WorkingClock | None) -> Reading:
        """What this policy reads of an item; conditions on personal fields are answered here."""
        company = item.company
        company_fields: Mapping[str, Value] = {}
        if company is not None:
            company_fields = {
                "id": company.id,
                **company.fields,
                "owner": self._owner(company),
                "owner_by": company.owner_by if company.owner_id else None,
            }
        lead = item.fields
        values = tuple(
            (item.id if name == "id" else lead.get(name))
            if root == "lead"
            else company_fields.get(name)
            for root, name in self._sources
        )
        answers: tuple[bool, ...] = ()
        if self.personal:
            bindings = Bindings(
                lead={**lead, "id": item.id, "kind": item.kind.value},
                company=company_fields,
                rep=None,
                now=now,
                regions=self.regions,
                clock=clock,
                derived={},
            )
            derived = derive(self.personal, bindings, self.schema)
            answers = tuple(derived[atom.text] for atom in self.personal)
        return Reading(
            kind=item.kind,
            values=values,
            answers=answers,
            behaviours=item.behaviours if self.reads_behaviours else (),
            gave_back=item.gave_back,
            bars=item.bars,
        )

    def _owner(self, company: Company) -> str | None:
        """The owner as the reading names him: where he is kept apart, only that there is one."""
        if not company.owner_id or not self.owner_is_apart:
            return company.owner_id
        return OWNED if company.owner_by == OWN else f"{OWNED}{company.owner_by}"

    def bind(self, reading: Reading, *, now: datetime, clock: WorkingClock | None) -> Bindings:
        """The reading as conditions see it, without a person yet."""
        lead: dict[str, Value] = {"kind": reading.kind.value}
        company: dict[str, Value] = {}
        for (root, name), value in zip(self._sources, reading.values, strict=True):
            (lead if root == "lead" else company)[name] = value
        return Bindings(
            lead=lead,
            company=company,
            rep=None,
            now=now,
            regions=self.regions,
            clock=clock,
            derived=dict(zip((atom.text for atom in self.personal), reading.answers, strict=True)),
        )

    def test(self, condition: Condition) -> Test:
        """The condition compiled against this policy's fields."""
        return compile_condition(condition, self.schema)

    def _ready(self, rule: Rule, position: int) -> ReadyRule:
        return ReadyRule(
            rule=rule,
            position=position,
            applies=self.test(rule.when),
            admits=self.test(rule.who),
            admits_everybody=rule.who == ALWAYS,
            matches=tuple((name, self.test(match_condition(name))) for name in rule.match),
        )


def match_condition(name: str) -> Condition:
    """What `match: [name]` means: an item or a person who says nothing there fits everything."""
    return parse(f"lead.{name} is empty or rep.{name} is empty or rep.{name} contains lead.{name}")


def _conditions(parts: PolicyParts) -> Iterable[Condition]:
    """Every condition of the document that may read an item."""
    for rule in parts.rules:
        if rule.is_enabled:
            yield rule.when
            yield rule.who
    for level in parts.levels:
        yield level.takes
        if level.mostly is not None:
            yield level.mostly
    for group in parts.groups:
        if group.who is not None:
            yield group.who
        for weight in group.weights:
            yield weight.when
    for territory in parts.territories:
        yield territory.when
    if parts.exploration.never_when is not None:
        yield parts.exploration.never_when
    for cap in parts.capacity.windows:
        yield cap.who
    if parts.scoring is not None:
        yield from parts.scoring.conditions
    yield from parts.points.conditions
