"""How often each rule applied, decided and led nowhere; which rules never did anything."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evenhand.cli.route.run import Routed, Run
from evenhand.engine.routing.decision import Cause, Outcome
from evenhand.engine.routing.section import Rule


class RuleState(StrEnum):
    """What a rule did in a run."""

    FIRED = "fired"
    NOT_REACHED = "not-reached"  # applied, but a rule above it had settled the item
    LED_NOWHERE = "led-nowhere"  # was asked, and found nobody
    NEVER_APPLIED = "never-applied"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RuleUse:
    """One rule of the policy: items it applied to, settled, and passed on to the next rule."""

    rule: Rule
    applied: int
    assigned: int
    settled_otherwise: int  # pool, waiting, escalated
    passed_on: int

    @property
    def state(self) -> RuleState:
        """What the rule did."""
        if not self.rule.is_enabled:
            return RuleState.OFF
        if self.assigned or self.settled_otherwise:
            return RuleState.FIRED
        if self.passed_on:
            return RuleState.LED_NOWHERE
        return RuleState.NOT_REACHED if self.applied else RuleState.NEVER_APPLIED


def rule_uses(run: Run, kept: Iterable[Routed]) -> list[RuleUse]:
    """Every rule of the policy, in its order."""
    applied: Counter[str] = Counter()
    assigned: Counter[str] = Counter()
    otherwise: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for routed in kept:
        decision = routed.decision
        applied.update(ready.rule.rule for ready in routed.prepared.plan.rules)
        settled = assigned if decision.outcome is Outcome.ASSIGNED else otherwise
        settled[decision.rule] += 1
        passed.update({one.rule for one in decision.tried} - {decision.rule})
    return [
        RuleUse(
            rule=rule,
            applied=applied[rule.rule],
            assigned=assigned[rule.rule],
            settled_otherwise=otherwise[rule.rule],
            passed_on=passed[rule.rule],
        )
        for rule in run.document.rules
    ]


def causes(kept: Iterable[Routed]) -> Counter[Cause]:
    """By which right the assigned items went where they went."""
    return Counter(routed.decision.cause for routed in kept if routed.decision.cause is not None)
