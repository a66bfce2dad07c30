"""A decision that was called back to mind, as the wording of receipts takes it."""

from evenhand.engine.facts import FULL_WEIGHT
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.recall import Recalled
from evenhand.engine.routing.team import Team
from evenhand.engine.routing.weights import worked_days
from evenhand.engine.routing.why_not import why
from evenhand.wording.catalogue import Words
from evenhand.wording.receipts import Place, Ramped, ReceiptView


def shown_names(team: Team, policy: Policy, words: Words, reader: str | None) -> dict[str, str]:
    """Names as this reader may see them: where the policy says pseudonyms, colleagues get a letter.

    A letter stands for one person within one answer; whoever asks about himself keeps his name.
    """
    names = display_names(team)
    if policy.parts.fairness.colleagues == "names" or reader is None:
        return names
    others = [rep.id for rep in team.reps if rep.id != reader]
    return {reader: names[reader]} | {
        rep_id: words.text("explain-colleague", number=number)
        for number, rep_id in enumerate(others, start=1)
    }


def display_names(team: Team) -> dict[str, str]:
    """Names by id; people who share a name keep their id beside it."""
    names = [rep.name for rep in team.reps]
    return {
        rep.id: rep.name if names.count(rep.name) == 1 else f"{rep.name} ({rep.id})"
        for rep in team.reps
    }


def view_of(found: Recalled, rep_id: str | None = None) -> ReceiptView:
    """The decision as the wording of receipts takes it; with `rep_id`, also why not to him."""
    decision, prepared, router = found.decision, found.prepared, found.router
    plan = prepared.plan
    ready = next((one for one in plan.rules if one.rule.rule == decision.rule), None)
    step = router.step(prepared, ready) if ready is not None and ready.group else None
    asked = None if rep_id is None else why(router, prepared, decision, rep_id)
    winner = None if decision.rep_id is None else why(router, prepared, decision, decision.rep_id)
    chance = None if decision.exploration is None else decision.exploration.propensity
    return ReceiptView(
        item_id=decision.item_id,
        kind=plan.kind.value,
        outcome=decision.outcome.value,
        grade=plan.grade,
        points=plan.points,
        policy=router.policy.label,
        now=str(found.run["now"]),
        where=decision.where,
        rule=decision.rule,
        cause=None if decision.cause is None else decision.cause.value,
        winner=decision.rep_id,
        mentor=decision.mentor_id,
        ramps=_ramps(decision, step, rep_id),
        score=None if plan.score is None else plan.score.total,
        worth=(*plan.grading.reasons, *plan.worth.reasons),
        scored=() if plan.score is None else plan.score.reasons,
        tried=tuple((one.rule, one.why) for one in decision.tried),
        places=places_of(decision, step),
        eligible_count=0 if step is None else len(step.field.candidates) - len(decision.full),
        in_band=decision.in_band,
        band=None if step is None or step.by_count else router.policy.band,
        excluded=()
        if step is None
        else tuple((one.rep_id, one.why) for one in step.field.excluded),
        full=decision.full,
        won=() if winner is None else winner.reasons,
        sequence=decision.sequence,
        draw=router.draw(decision.item_id, decision.round)().hex(),
        was_random=decision.exploration is not None and decision.exploration.was_random,
        propensity=None if chance is None else (chance.numerator, chance.denominator),
        rep=rep_id,
        why_not=() if asked is None or asked.got_it else asked.reasons,
        changes=() if asked is None or not asked.changes else (asked.changes,),
    )


def _ramps(decision: Decision, step: GroupStep | None, asked: str | None) -> tuple[Ramped, ...]:
    """Newcomers among those who are shown, with what made their share what it is."""
    if step is None:
        return ()
    shown = {place.member for place in decision.places} | {decision.rep_id, asked}
    roster = step.field.roster
    return tuple(
        Ramped(one.rep_id, one.weight.ramp, worked_days(rep, roster.today), rep.results)
        for one in step.field.candidates
        if one.rep_id in shown and one.weight.ramp != FULL_WEIGHT
        for rep in [roster.team.reps[one.position]]
    )


def places_of(decision: Decision, step: GroupStep | None) -> tuple[Place, ...]:
    """The winner and the runners-up, as the wording of receipts takes them."""
    has_grades = step is not None and step.book.by_grade
    return tuple(
        Place(
            member=place.member,
            owed_before=place.owed_before,
            share=place.share,
            score=place.score,
            grade_owed=place.grade_owed if has_grades else None,
            bonus=place.bonus,
            is_in_band=place.is_in_band,
        )
        for place in decision.places
    )
