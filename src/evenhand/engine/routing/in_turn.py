"""What the items of a plan would have come to one after the other: what the plan is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.engine.ledger.draw import MILLION
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause
from evenhand.engine.routing.planned import Entry


@dataclass(frozen=True, slots=True)
class InTurn:
    """`placed` items went where a plan could have put them, worth `objective` as a plan counts."""

    placed: int
    objective: int


def deal_in_turn(router: Router, items: Sequence[Entry]) -> InTurn:
    """Deal the items of a plan one by one from where the router stands, which stays there.

    Ask before the plan is booked.
    """
    aside = router.copy()
    placed = objective = 0
    for item_id, known in items:
        prepared = aside.prepare(known.plan.reading, aside.draw(item_id))
        ready = aside.planned_rule(prepared)
        decision = aside.route_prepared(item_id, prepared)
        if ready is None or decision.rule != ready.rule.rule:
            continue
        if decision.cause is not Cause.FAIR_SHARE:
            continue
        step = aside.step(prepared, ready)
        fits = zip(step.field.candidates, step.fits, strict=True)
        fit = next(fit for candidate, fit in fits if candidate.rep_id == decision.rep_id)
        placed += 1
        objective += fit * step.plan.points // MILLION
    return InTurn(placed, objective)
