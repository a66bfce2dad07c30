"""Every condition of a document: where it stands, and of what it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.conditions import Condition
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import Place
from evenhand.engine.pool.terms import conditions_in
from evenhand.engine.workload.tasks_section import task_conditions


class Asked(StrEnum):
    """What there is to look at when a condition is asked."""

    ITEM = "item"  # item, company and moment; nobody is considered yet
    PERSON = "person"  # one person, whatever the item: who belongs to a group
    BOTH = "both"  # one item beside one person


@dataclass(frozen=True, slots=True)
class Question:
    """A condition of the document."""

    place: Place
    condition: Condition
    asked: Asked

    @property
    def is_of_worth(self) -> bool:
        """Whether it is asked before the item has its grade and points."""
        return self.place[0] in ("scoring", "points")


def questions_in(document: PolicyDocument) -> Iterator[Question]:
    """Every condition, in the order of the schema; those of disabled rules too."""
    if document.scoring is not None:
        for k, signal in enumerate(document.scoring.signals):
            if signal.when is not None:
                yield Question(("scoring", "signals", k, "when"), signal.when, Asked.ITEM)
    for k, adjustment in enumerate(document.points.adjustments):
        yield Question(("points", "adjustments", k, "when"), adjustment.when, Asked.ITEM)
    for k, level in enumerate(document.levels):
        yield Question(("levels", k, "takes"), level.takes, Asked.ITEM)
        if level.mostly is not None:
            yield Question(("levels", k, "mostly"), level.mostly, Asked.ITEM)
    for k, group in enumerate(document.groups):
        if group.who is not None:
            yield Question(("groups", k, "who"), group.who, Asked.PERSON)
        for j, weight in enumerate(group.weights):
            yield Question(("groups", k, "weights", j, "when"), weight.when, Asked.BOTH)
    for k, territory in enumerate(document.territories):
        yield Question(("territories", k, "when"), territory.when, Asked.ITEM)
    for k, rule in enumerate(document.rules):
        yield Question(("rules", k, "when"), rule.when, Asked.ITEM)
        yield Question(("rules", k, "who"), rule.who, Asked.BOTH)
    for k, cap in enumerate(document.capacity.windows):
        yield Question(("capacity", "windows", k, "who"), cap.who, Asked.PERSON)
    never = document.exploration.never_when
    if never is not None:
        yield Question(("exploration", "never_when"), never, Asked.ITEM)
    for place, condition, asked in conditions_in(document):
        yield Question(place, condition, Asked(asked))
    for place, condition, asked in task_conditions(document.tasks):
        yield Question(place, condition, Asked(asked))
