"""What an item is worth and which rules apply: all that can be said before looking at people."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from evenhand.engine.conditions import Bindings, WorkingClock
from evenhand.engine.facts import POINT, ItemKind
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.reading import Reading
from evenhand.engine.scoring.card import Score
from evenhand.engine.scoring.grades import Grading, grade_item
from evenhand.engine.scoring.points import Worth


@dataclass(frozen=True, slots=True)
class Plan:
    """One reading, scored, graded and priced, with the rules whose condition held, in order.

    `bindings` are the reading with score, grade and points filled in, for conditions on people.
    """

    reading: Reading
    score: Score | None
    grading: Grading
    worth: Worth
    rules: tuple[ReadyRule, ...]
    bindings: Bindings

    @property
    def kind(self) -> ItemKind:
        """What kind of item this is."""
        return self.reading.kind

    @property
    def grade(self) -> str:
        """The grade, which is also the row of the ledger."""
        return self.grading.grade

    @property
    def points(self) -> int:
        """What the item costs its taker, in micro-points."""
        return self.worth.micro_points


def plan(reading: Reading, policy: Policy, *, now: datetime, clock: WorkingClock | None) -> Plan:
    """Score, grade and price an item and find the rules that apply; reads no person.

    The candidate groups are those of the rules, so a caller can lock them before it reads
    balances and loads.
    """
    raw = policy.bind(reading, now=now, clock=clock)
    score = None if policy.card is None else policy.card.score(raw, reading.behaviours)
    grading = grade_item(policy.parts.grades, raw, score)
    number = raw.lead.get("score") if score is None else score.as_number
    graded = replace(raw, lead={**raw.lead, "score": number, "grade": grading.grade})
    worth = policy.scale.worth(grading.grade, graded, reading.kind)
    bindings = replace(graded, lead={**graded.lead, "points": Decimal(worth.micro_points) / POINT})
    rules = tuple(ready for ready in policy.rules if ready.applies(bindings))
    return Plan(reading, score, grading, worth, rules, bindings)
