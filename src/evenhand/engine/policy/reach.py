"""Which leads reach which rule: lint's questions that are answered with example leads.

Rules are taken in order, as decisions take them. A rule *settles* the leads it applies to if
none of them can go on to the rules below; one that says `if_nobody: next_rule` may pass them on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenhand.engine.conditions import ALWAYS, Atom, Condition, FieldRef, Operator
from evenhand.engine.policy.asked import questions_in
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.example import Example
from evenhand.engine.policy.problem import Gravity, Place, PolicyProblem
from evenhand.engine.policy.witness import Demand, WitnessSearch
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.section import (
    BestFit,
    FairShare,
    NextRule,
    OwnerOf,
    Pool,
    Rotation,
    Rule,
)


@dataclass(frozen=True, slots=True)
class RuleAt:
    """An enabled rule and its index in the document."""

    index: int
    rule: Rule

    @property
    def place(self) -> Place:
        """Where it stands."""
        return ("rules", self.index)

    @property
    def settles(self) -> bool:
        """Whether no lead that it applies to goes on to the rules below."""
        return isinstance(self.rule.to, Pool) or not isinstance(self.rule.if_nobody, NextRule)

    @property
    def demand(self) -> Demand:
        """That it applies."""
        return Demand(self.rule.when)

    @property
    def refusal(self) -> Demand:
        """That it does not apply."""
        return Demand(self.rule.when, holds=False)


def enabled_rules(document: PolicyDocument) -> tuple[RuleAt, ...]:
    """The rules that count, in order."""
    return tuple(RuleAt(k, rule) for k, rule in enumerate(document.rules) if rule.is_enabled)


class Reach:
    """The questions about one document, and what was answered in the negative (`notes`)."""

    def __init__(self, document: PolicyDocument, search: WitnessSearch) -> None:
        self.document = document
        self.search = search
        self.rules = enabled_rules(document)
        self.notes: list[Reason] = []
        self._unreached: set[int] = set()

    def problems(self) -> Iterator[PolicyProblem]:
        """Every finding, question by question; `notes` is complete when this has ended."""
        yield from self._unreachable()
        yield from self._gaps()
        yield from self._untaken_levels()
        yield from self._dead_conditions()
        yield from self._overlaps()

    # -- rules that nothing reaches ----------------------------------------------------------

    def _unreachable(self) -> Iterator[PolicyProblem]:
        for position, at in enumerate(self.rules):
            before = [other for other in self.rules[:position] if other.settles]
            alone = self.search.find(at.demand)
            if alone.example is None:
                if alone.is_complete:
                    yield self._dead_rule(at, "lint.rule_never_applies")
                continue
            found = self.search.find(at.demand, *(other.refusal for other in before))
            if found.example is None and found.is_complete:
                by = self._takers(at, before)
                yield self._dead_rule(at, "lint.rule_unreachable", by=by)
        if not self._unreached:
            self.notes.append(reason("lint.no_unreachable_found", rules=len(self.rules)))

    def _dead_rule(self, at: RuleAt, code: str, **params: tuple[str, ...]) -> PolicyProblem:
        self._unreached.add(at.index)
        return PolicyProblem(
            at.place, reason(code, rule=at.rule.rule, **params), gravity=Gravity.WARNING
        )

    def _takers(self, at: RuleAt, before: Sequence[RuleAt]) -> tuple[str, ...]:
        """The earlier rule that alone takes everything, or all that together do."""
        for other in before:
            found = self.search.find(at.demand, other.refusal)
            if found.example is None and found.is_complete:
                return (other.rule.rule,)
        return tuple(other.rule.rule for other in before)

    # -- leads that nothing catches ----------------------------------------------------------

    def _gaps(self) -> Iterator[PolicyProblem]:
        refusals = [at.refusal for at in self.rules]
        found = self.search.find(*refusals)
        if found.example is not None:
            yield _with_example(("rules",), "lint.lead_uncaught", found.example)
            return
        settled = [at.refusal for at in self.rules if at.settles]
        for at in reversed(self.rules):
            if not at.settles:
                found = self.search.find(at.demand, *settled)
                if found.example is not None:
                    name = at.rule.rule
                    yield _with_example(at.place, "lint.lead_passed_on", found.example, rule=name)
                    return
        self.notes.append(reason("lint.no_gap_found"))

    # -- rules that contradict each other ----------------------------------------------------

    def _overlaps(self) -> Iterator[PolicyProblem]:
        """Pairs with different outcomes where neither is the plain exception of the other.

        An owner goes first by intent, a rule for everything is followed by fallbacks, and a rule
        that lies wholly inside a later one is its exception: these are not worth a word.
        """
        rules = [at for at in self.rules if at.index not in self._unreached]
        is_any = False
        for position, first in enumerate(rules):
            if isinstance(first.rule.to, OwnerOf) or first.rule.when == ALWAYS:
                continue
            before = [at.refusal for at in rules[:position] if at.settles]
            found = [
                (second, example)
                for second in rules[position + 1 :]
                if second.rule.when != ALWAYS and second.rule.to != first.rule.to
                for example in [self._overlap(first, second, before)]
                if example is not None
            ]
            if found:
                is_any = True
                yield _overlap_hint(first, found)
        if not is_any:
            self.notes.append(reason("lint.no_overlap_found"))

    def _overlap(self, first: RuleAt, second: RuleAt, before: list[Demand]) -> Example | None:
        both = self.search.find(first.demand, second.demand, *before)
        if both.example is None:
            return None
        outside = self.search.find(first.demand, second.refusal)
        return None if outside.example is None else both.example

    # -- levels and single conditions --------------------------------------------------------

    def _untaken_levels(self) -> Iterator[PolicyProblem]:
        refusals = [Demand(level.takes, holds=False) for level in self.document.levels]
        if not refusals:
            return
        for at in self.rules:
            if isinstance(at.rule.to, FairShare | Rotation | BestFit):
                found = self.search.find(at.demand, *refusals)
                if found.example is not None:
                    yield _with_example(("levels",), "lint.no_level_takes", found.example)
                    return

    def _dead_conditions(self) -> Iterator[PolicyProblem]:
        for question in questions_in(self.document):
            if question.place[0] == "rules" and not self._is_asked(question.place):
                continue
            found = self.search.find(Demand(question.condition))
            if found.example is None and found.is_complete:
                yield PolicyProblem(
                    question.place,
                    reason("lint.condition_never_holds", condition=question.condition.text),
                    gravity=Gravity.WARNING,
                )

    def _is_asked(self, place: Place) -> bool:
        """Not of disabled rules; whether rules ever apply was asked before."""
        return place[-1] != "when" and any(at.index == place[1] for at in self.rules)

    # -- what a rule's leads are worth -------------------------------------------------------

    def grades_of(self, rule: Rule, grades: Sequence[str]) -> tuple[str, ...]:
        """The grades that leads of this rule can have, as far as examples show."""
        return tuple(
            grade
            for grade in grades
            if self.search.find(Demand(rule.when), Demand(_has_grade(grade))).example is not None
        )


def _overlap_hint(first: RuleAt, found: Sequence[tuple[RuleAt, Example]]) -> PolicyProblem:
    second, example = found[0]
    why = reason(
        "lint.rules_overlap",
        first=first.rule.rule,
        second=second.rule.rule,
        more=tuple(at.rule.rule for at, _ in found[1:]),
        example=example.texts,
    )
    return PolicyProblem(first.place, why, gravity=Gravity.HINT)


def _has_grade(grade: str) -> Condition:
    return Atom(FieldRef("lead", "grade"), Operator.EQUAL, grade)


def _with_example(place: Place, code: str, example: Example, **params: str) -> PolicyProblem:
    why = reason(code, example=example.texts, **params)
    return PolicyProblem(place, why, gravity=Gravity.WARNING)
