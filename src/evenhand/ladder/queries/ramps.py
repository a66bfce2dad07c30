"""How far a newcomer's ramp is, as the rules have it now."""

from datetime import date

from evenhand.engine.workload.ramp import RampTerms, RampWeight, ramp_weight
from evenhand.ladder.steps import Step
from evenhand.people.models import Rep


def ramp_of(rep: Rep, step: Step | None, today: date) -> RampWeight | None:
    """The ramp of somebody; None where his level has none, or nobody knows since when he is here.

    Its days are those worked: leave is taken off.
    """
    ramp = None if step is None else step.first.ramp
    if ramp is None or rep.joined_on is None or not ramp.start_percent:
        return None
    return ramp_weight(
        RampTerms(ramp.start_percent, ramp.days, ramp.results),
        days_since_joining=(today - rep.joined_on).days,
        days_away=rep.days_away,
        results=rep.results,
    )
