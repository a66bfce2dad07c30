"""Looks for an example lead for which some conditions hold and others do not.

A search through values worth trying (`domains`), field by field, giving up a branch as soon as
a condition is decided the wrong way. Deterministic and bounded by a number of steps; every
example found was put through the policy's own plan, so it is real. If none is found there may be
one all the same: callers say "none found", never "none".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar
from evenhand.engine.conditions import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Bindings,
    Condition,
    Not,
    atoms_of,
    fields_read,
)
from evenhand.engine.conditions.operators import SPANS
from evenhand.engine.facts import Item, Value
from evenhand.engine.policy.domains import NOW, domains_of
from evenhand.engine.policy.example import Example, item_of
from evenhand.engine.policy.profiles import Profile, profiles_of
from evenhand.engine.routing.plan import plan
from evenhand.engine.routing.policy import Policy, Test
from evenhand.engine.scoring.grades import GradeScale

# What the policy works out: no value of an item, but what follows from others.
DERIVED = frozenset({"lead.grade", "lead.score", "lead.points"})
_OFFICE_HOURS = WeekHours.weekdays("09:00-18:00")
_NOTHING = Profile({}, ())


@dataclass(frozen=True, slots=True)
class Demand:
    """What is wanted of a condition."""

    condition: Condition
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search; without an example, whether every combination was tried."""

    example: Example | None
    is_complete: bool


class _Enough(Exception):
    """The bound on steps was reached."""


class WitnessSearch:
    """Searches under one policy.

    A step gives one field one value. `steps_per_search` bounds one search and `steps` all of
    them together; `unfinished` counts the searches that were given up.
    """

    def __init__(self, policy: Policy, *, now: datetime, steps_per_search: int, steps: int) -> None:
        self.policy = policy
        self.grading = GradeScale(policy.parts.grades)
        # A calendar of its own: examples shall not hang on whether today is a holiday.
        self.clock = Calendar("UTC", _OFFICE_HOURS)
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self.steps_per_search = steps_per_search
        self.steps_left = steps
        self.unfinished = 0
        self._profiles: tuple[Profile, ...] | None = None
        self._tests: dict[str, Test] = {}
        self._atoms: dict[str, tuple[Atom, ...]] = {}

    def find(self, *demands: Demand) -> Found:
        """An example that meets every demand."""
        search = _Search(self, demands)
        try:
            example = search.run()
        except _Enough:
            self.unfinished += 1
            return Found(None, is_complete=False)
        return Found(example, is_complete=example is not None or not search.uses_profiles)

    def test_of(self, condition: Condition) -> Test:
        """The condition compiled, once."""
        known = self._tests.get(condition.text)
        if known is None:
            known = self._tests[condition.text] = self.policy.test(condition)
        return known

    def atoms_of(self, condition: Condition) -> tuple[Atom, ...]:
        """The atoms of the condition, each once."""
        known = self._atoms.get(condition.text)
        if known is None:
            known = self._atoms[condition.text] = tuple(dict.fromkeys(atoms_of(condition)))
        return known

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Items of different scores, made once."""
        if self._profiles is None:
            self._profiles = profiles_of(self.policy, now=self.now, clock=self.clock)
        return self._profiles


class _Search:
    """One search: the values given so far, and what they decide."""

    def __init__(self, parent: WitnessSearch, demands: Sequence[Demand]) -> None:
        self.parent = parent
        self.policy = parent.policy
        self.demands = tuple(demands)
        conditions = [demand.condition for demand in demands]
        atoms = {atom.text: atom for one in conditions for atom in parent.atoms_of(one)}
        read = frozenset(ref.path for atom in atoms.values() for ref in atom.fields)
        self.uses_profiles = self.policy.card is not None and bool(DERIVED & read)
        self.sources = self._sources(read)
        self.domains = self._domains(conditions, read)
        self.tests = {one.text: parent.test_of(one) for one in (*conditions, *atoms.values())}
        self.inputs = {text: tuple(self._inputs(atom)) for text, atom in atoms.items()}
        self.needs = {one.text: self._needs(one) for one in conditions}
        self.assigned: dict[str, Value] = {}
        self.roots: dict[str, dict[str, Value]] = {"lead": {}, "company": {}, "rep": {}}
        self.bindings = self._bindings(parent.now)
        self.steps_left = min(parent.steps_per_search, parent.steps_left)

    def _bindings(self, now: datetime) -> Bindings:
        # The dictionaries stay the same and change under the bindings.
        return Bindings(
            lead=self.roots["lead"],
            company=self.roots["company"],
            rep=self.roots["rep"],
            now=now,
            regions=self.policy.regions,
            clock=self.parent.clock,
        )

    # -- what follows from what -------------------------------------------------------------

    def _sources(self, read: frozenset[str]) -> tuple[str, ...]:
        """The fields that grade, score and points follow from, those of the card left out."""
        grades, points = self.policy.parts.grades, self.policy.parts.points
        found: dict[str, None] = {}
        if DERIVED & read:
            if grades.source != "score_only" and {"lead.grade", "lead.points"} & read:
                found["lead.grade"] = None
            if self.policy.card is None:
                found["lead.score"] = None
        if "lead.points" in read:
            if points.allow_given:
                found["lead.points"] = None
            found |= dict.fromkeys(
                path
                for one in points.conditions
                for path in sorted(fields_read(one) - DERIVED)
                if not path.startswith("now.")
            )
        return tuple(found)

    def _domains(
        self, conditions: Sequence[Condition], read: frozenset[str]
    ) -> dict[str, tuple[Value, ...]]:
        """Values to try; grades by name, and scores on both sides of each threshold."""
        more = self.policy.parts.points.conditions if "lead.points" in read else ()
        found = domains_of(
            [*conditions, *more],
            now=self.parent.now,
            schema=self.policy.schema,
            regions=self.policy.regions,
        )
        section = self.policy.parts.grades
        found["lead.grade"] = (*section.names, None)
        if self.policy.card is None:
            limits = [step.from_score for step in section.thresholds if step.from_score is not None]
            wanted = [value for value in found.get("lead.score", ()) if value is not None]
            scores = [limit // 100 + nudge for limit in limits for nudge in (1, -1)]
            found["lead.score"] = (*dict.fromkeys([*wanted, *scores]), None)
        found.setdefault("lead.points", (None,))
        return found

    def _inputs(self, atom: Atom) -> Iterator[str]:
        """What must be given a value before the atom can be asked."""
        for ref in atom.fields:
            yield NOW if ref.root == "now" else ref.path
        if atom.operator in SPANS and NOW in self.domains:
            yield NOW

    def _needs(self, condition: Condition) -> tuple[str, ...]:
        """The fields to give values to until the condition is decided, or only plan can say."""
        found: dict[str, None] = {}
        for atom in self.parent.atoms_of(condition):
            for path in self.inputs[atom.text]:
                found |= dict.fromkeys(self.sources if path in DERIVED else (path,))
        return tuple(found)

    # -- the search -------------------------------------------------------------------------

    def run(self) -> Example | None:
        """The first example, or None.

        :raises _Enough: the bound was reached.
        """
        return self._explore(self.demands, None)

    def _explore(self, open_demands: Sequence[Demand], changed: str | None) -> Example | None:
        undecided = []
        for demand in open_demands:
            is_touched = changed is None or changed in self.needs[demand.condition.text]
            verdict = self._verdict(demand.condition) if is_touched else None
            if verdict is None:
                undecided.append(demand)
            elif verdict is not demand.holds:
                return None
        path = self._next_field(undecided)
        if path is None:
            return self._settled(bool(undecided))
        for value in self.domains[path]:
            self._step()
            self._assign(path, value)
            try:
                example = self._explore(undecided, path)
            except BeyondHorizon:
                example = None
            if example is not None:
                return example
        self._forget(path)
        return None

    def _step(self) -> None:
        if self.steps_left <= 0:
            raise _Enough
        self.steps_left -= 1
        self.parent.steps_left -= 1

    def _assign(self, path: str, value: Value) -> None:
        self.assigned[path] = value
        if path == NOW:
            assert isinstance(value, datetime)
            self.bindings = self._bindings(value)
            return
        if path == "lead.grade":
            value = self.parent.grading.grade(None, value).grade
        root, _, name = path.partition(".")
        self.roots[root][name] = value

    def _forget(self, path: str) -> None:
        del self.assigned[path]
        if path == NOW:
            self.bindings = self._bindings(self.parent.now)
            return
        root, _, name = path.partition(".")
        del self.roots[root][name]

    def _verdict(self, condition: Condition) -> bool | None:
        """Whether it holds; None as long as that is open."""
        match condition:
            case Always(holds):
                return holds
            case Atom(text=text):
                if all(map(self._is_known, self.inputs[text])):
                    return self.tests[text](self.bindings)
                return None
            case Not(part):
                verdict = self._verdict(part)
                return None if verdict is None else not verdict
            case AllOf(parts):
                return self._joined(parts, stops_at=False)
            case AnyOf(parts):
                return self._joined(parts, stops_at=True)

    def _joined(self, parts: Iterable[Condition], *, stops_at: bool) -> bool | None:
        is_open = False
        for part in parts:
            verdict = self._verdict(part)
            if verdict is stops_at:
                return stops_at
            is_open = is_open or verdict is None
        return None if is_open else not stops_at

    def _is_known(self, path: str) -> bool:
        if path == "lead.grade":
            # A grade that the item brings counts at once, if the policy takes it.
            source = self.policy.parts.grades.source
            return self.assigned.get(path) is not None and source in ("field_first", "field_only")
        return path in self.assigned and path not in DERIVED

    def _next_field(self, undecided: Sequence[Demand]) -> str | None:
        """The field to try next: one of the demand that has the fewest left; None = all given."""
        best: list[str] = []
        for demand in undecided:
            left = [path for path in self.needs[demand.condition.text] if path not in self.assigned]
            if left and (not best or len(left) < len(best)):
                best = left
        return best[0] if best else None

    # -- the end of a branch ----------------------------------------------------------------

    def _settled(self, is_open: bool) -> Example | None:
        """Put the item through the policy's plan, with scores from low to high if they matter."""
        profiles = self.parent.profiles if is_open and self.uses_profiles else (_NOTHING,)
        for profile in profiles:
            self._step()
            example = self._tried(profile)
            if example is not None:
                return example
        return None

    def _tried(self, profile: Profile) -> Example | None:
        values = {**profile.fields, **self.assigned}
        item = item_of(values, profile.behaviours)
        if item is None:
            return None
        now, clock = self.bindings.now, self.parent.clock
        reading = self.policy.read(item, now=now, clock=clock)
        planned = plan(reading, self.policy, now=now, clock=clock)
        # What the policy does not read decides nothing, but the demands may ask for it.
        bindings = replace(
            planned.bindings,
            lead={"id": item.id, **item.fields, **planned.bindings.lead},
            company=_company_fields(item),
            rep=self.roots["rep"],
        )
        if any(self.tests[one.condition.text](bindings) != one.holds for one in self.demands):
            return None
        return Example(tuple(sorted(values.items(), key=_by_path)), profile.behaviours)


def _company_fields(item: Item) -> dict[str, Value]:
    company = item.company
    if company is None:
        return {}
    owner_by = company.owner_by if company.owner_id else None
    return {"id": company.id, **company.fields, "owner": company.owner_id, "owner_by": owner_by}


def _by_path(value: tuple[str, Value]) -> str:
    return value[0]
