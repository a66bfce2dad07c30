"""What nobody received: gathered by what happened and why, with what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from evenhand.cli.route.report.exclusions import Kept, exclusions, family_of
from evenhand.cli.route.run import Routed
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.decision import Decision, Outcome

CAUSES_SHOWN = 3


@dataclass
class Heap:
    """Items that stayed unassigned for one reason under one rule."""

    outcome: Outcome
    rule: str
    where: str
    why: Reason | None  # of the first item: others may differ in figures
    items: list[Routed] = field(default_factory=list)

    def main_causes(self) -> list[Kept]:
        """What kept these items from people, the most frequent kinds first."""
        kinds = sorted(exclusions(self.items), key=lambda one: -one.by_rep.total())
        return kinds[:CAUSES_SHOWN]

    def remedy(self) -> str:
        """Which advice fits, as the name of a message."""
        if self.outcome is Outcome.POOLED:
            return "pooled"
        if self.outcome is Outcome.ESCALATED:
            return "escalated"
        if self.why is None:
            return "no-rule"
        return _remedy(self.why, self.main_causes())


def _remedy(why: Reason, causes: list[Kept]) -> str:
    match why.code:
        case "rule.group_empty":
            return "group-empty"
        case "rule.everybody_full":
            return "full"
        case "owner.departed":
            return "departed"
        case "owner.none":
            return "owner-none"
        case "rule.nobody_eligible" if causes:
            return _remedy_for(causes[0].family)
    return _remedy_for(family_of(why))


def _remedy_for(family: str) -> str:
    if family.startswith("match-"):
        return family
    if family.startswith("capacity-"):
        return "full"
    if family.startswith("level-"):
        return "level"
    if family.startswith("availability-") or family == "closed":
        return "away"
    return {"weight-zero": "weight", "condition": "who"}.get(family, "other")


def _why(decision: Decision) -> Reason | None:
    """Why the rule that settled it found nobody; rules above it are not to blame."""
    if not decision.tried:
        return None
    last = decision.tried[-1]
    is_own = decision.outcome is Outcome.NO_RULE or last.rule == decision.rule
    return last.why if is_own else None


def heaps(kept: Iterable[Routed]) -> list[Heap]:
    """The unassigned items in heaps, the largest first."""
    found: dict[tuple[str, ...], Heap] = {}
    for routed in kept:
        decision = routed.decision
        if decision.outcome is Outcome.ASSIGNED:
            continue
        why = _why(decision)
        code = "" if why is None else why.code
        key = (decision.outcome.value, decision.rule, decision.where, code)
        heap = found.setdefault(key, Heap(decision.outcome, decision.rule, decision.where, why))
        heap.items.append(routed)
    return sorted(found.values(), key=lambda one: -len(one.items))
