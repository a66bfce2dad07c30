"""Why somebody got an item or did not, and what would have changed it.

Asked of a router as it stood just before the decision (a replay stops there). The answer to "what
would have changed it" is worked out, not guessed: whoever was left out is put into the contest, and
if he would still not have come first, what he would have had to be owed more is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evenhand.engine.conditions import first_failure
from evenhand.engine.facts import POINT
from evenhand.engine.ledger.book import Contest, Standing
from evenhand.engine.reasons import Param, Reason, reason
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Prepared, Router
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.engine.routing.eligible import Candidate
from evenhand.engine.routing.policy import ReadyRule
from evenhand.engine.routing.section import OwnerOf, Rotation


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a person got an item or did not; `changes` together would have made him the next."""

    rep_id: str
    got_it: bool
    reasons: tuple[Reason, ...]
    changes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule's contest for one item, as the router stood before the decision."""

    router: Router
    prepared: Prepared
    ready: ReadyRule
    step: GroupStep
    item_id: str

    @property
    def slack(self) -> int:
        return 0 if isinstance(self.ready.rule.to, Rotation) else self.router.policy.band

    def standings(self, contest: Contest) -> list[Standing]:
        draw = self.router.draw(self.item_id)
        return self.step.book.standings(contest, slack=self.slack, draw=draw)[0]


def why(router: Router, prepared: Prepared, decision: Decision, rep_id: str) -> WhyNot:
    """Why this person got the item of `decision`, or did not.

    `router` must stand as it did just before the decision was booked.
    """
    if decision.rep_id == rep_id:
        return WhyNot(rep_id, True, (_won(router, prepared, decision),))
    rep = router.team.find(rep_id)
    if rep is None:
        return WhyNot(rep_id, False, (reason("receipt.unknown_rep", rep=rep_id),))
    if not rep.is_active:
        return WhyNot(rep.id, False, (reason("receipt.inactive"),), (reason("change.active"),))
    if decision.rep_id is not None and decision.cause in _BY_RIGHT:
        went = _went(prepared, decision)
        return WhyNot(rep.id, False, (went,), (reason("change.without_rule", rule=decision.rule),))
    return _in_groups(router, prepared, decision, rep.id)


_BY_RIGHT = frozenset({Cause.OWNER, Cause.PERSON, Cause.OVERFLOW})


def _owner_of(prepared: Prepared, rule: str) -> str:
    for ready in prepared.plan.rules:
        if ready.rule.rule == rule and isinstance(ready.rule.to, OwnerOf):
            return ready.rule.to.of
    return "company"


def _went(prepared: Prepared, decision: Decision) -> Reason:
    winner = decision.rep_id
    if decision.cause is Cause.OWNER:
        of = _owner_of(prepared, decision.rule)
        return reason("receipt.went_to_owner", winner=winner, of=of)
    if decision.cause is Cause.PERSON:
        return reason("receipt.went_to_named", winner=winner)
    return reason("receipt.went_to_overflow", winner=winner)


def _won(router: Router, prepared: Prepared, decision: Decision) -> Reason:
    """By what the winner came first."""
    match decision.cause:
        case Cause.OWNER:
            return reason("receipt.won_as_owner", of=_owner_of(prepared, decision.rule))
        case Cause.PERSON:
            return reason("receipt.won_as_named")
        case Cause.OVERFLOW:
            return reason("receipt.won_as_overflow")
        case Cause.ROTATION:
            return reason("receipt.won_turn")
        case Cause.PLANNED:
            return reason("receipt.won_in_plan")
    case = _case(router, prepared, decision)
    if decision.cause is Cause.BEST_FIT:
        fits = sorted(case.step.fits, reverse=True)
        return reason("receipt.won_best_fit", fit=fits[0], next_fit=fits[1] if fits[1:] else 0)
    contest = router.contests.contest(case.step)
    assert contest is not None, "somebody won it, so somebody could take it"
    return _won_share(case, decision, case.standings(contest))


def _won_share(case: _Case, decision: Decision, front: list[Standing]) -> Reason:
    inside = [place for place in front if place.is_in_band]
    if decision.exploration is not None and decision.exploration.was_random:
        chance = decision.exploration.propensity
        return reason(
            "receipt.won_random",
            in_band=len(inside),
            numerator=chance.numerator,
            denominator=chance.denominator,
        )
    first, rivals = front[0], inside[1:]
    if not rivals:
        if len(front) == 1:
            return reason("receipt.won_alone")
        return reason("receipt.won_most_owed", owed=first.owed, next_owed=front[1].owed)
    tied = [place for place in rivals if place.score == first.score]
    if tied:
        return _won_tie(case, first, tied)
    next_score = max(place.score for place in rivals)
    most = max(place.owed for place in rivals)
    if first.owed >= most:
        return reason("receipt.won_most_owed", owed=first.owed, next_owed=most)
    if first.score - first.bonus > max(place.score - place.bonus for place in rivals):
        return reason(
            "receipt.won_by_grade",
            grade=case.prepared.plan.grade,
            grade_owed=first.grade_owed,
            score=first.score,
            next_score=next_score,
        )
    return reason("receipt.won_by_fit", bonus=first.bonus, score=first.score, next_score=next_score)


def _won_tie(case: _Case, first: Standing, tied: list[Standing]) -> Reason:
    book = case.step.book
    waited = int(book.last[book.position(first.member)])
    if waited == 0:
        return reason("receipt.won_by_draw", tied=len(tied))
    since = book.sequence - waited
    return reason("receipt.won_longest_waiting", tied=len(tied), since=since)


def _case(router: Router, prepared: Prepared, decision: Decision) -> _Case:
    ready = next(one for one in prepared.plan.rules if one.rule.rule == decision.rule)
    return _Case(router, prepared, ready, router.step(prepared, ready), decision.item_id)


def _in_groups(router: Router, prepared: Prepared, decision: Decision, rep_id: str) -> WhyNot:
    """The rule that decided, or the first one whose group the person is in."""
    position = router.roster.position[rep_id]
    asked = [ready for ready in prepared.plan.rules if ready.group is not None]
    inside = [r for r in asked if position in router.roster.members[r.group or ""]]
    deciding = [ready for ready in inside if ready.rule.rule == decision.rule]
    ready = next(iter(deciding or inside), None)
    if ready is None:
        if not asked:
            went = reason("receipt.not_dealt", outcome=decision.outcome.value)
            return WhyNot(rep_id, False, (went,))
        group = asked[-1].group or ""
        told = reason("receipt.not_in_group", group=group)
        return WhyNot(rep_id, False, (told,), (reason("change.in_group", group=group),))
    case = _Case(router, prepared, ready, router.step(prepared, ready), decision.item_id)
    full = router.loads.why_full(position, prepared.plan.points)
    against = [] if case.step.has(position) else list(case.step.field.against(position))
    against += [] if full is None else [full]
    if against and decision.cause is Cause.PLANNED:
        # With him in it, the whole plan would be another; nobody can say which.
        return WhyNot(rep_id, False, tuple(against))
    if against:
        changes = [change for why in against for change in _changes_for(case, why, position)]
        is_enough = all(_changes_for(case, why, position) for why in against)
        return _if_able(case, rep_id, tuple(against), tuple(changes) if is_enough else ())
    return _lost(case, decision, rep_id)


def _lost(case: _Case, decision: Decision, rep_id: str) -> WhyNot:
    """He could have taken it, and somebody else came first."""
    if decision.outcome is not Outcome.ASSIGNED or decision.rule != case.ready.rule.rule:
        code = "receipt.not_dealt" if decision.outcome is not Outcome.ASSIGNED else ""
        told = (
            reason(code, outcome=decision.outcome.value)
            if code
            else reason("receipt.earlier_rule", rule=decision.rule)
        )
        return WhyNot(rep_id, False, (told,))
    if decision.cause is Cause.PLANNED:
        return WhyNot(rep_id, False, (reason("receipt.lost_in_plan"),))
    contest = case.router.contests.contest(case.step)
    assert contest is not None, "somebody won it, so somebody could take it"
    front = case.standings(contest)
    own = next(place for place in front if place.member == rep_id)
    if decision.cause is Cause.BEST_FIT:
        return _lost_fit(case, rep_id)
    if decision.exploration is not None and decision.exploration.was_random:
        in_band = sum(place.is_in_band for place in front)
        told = reason("receipt.lost_random", in_band=in_band)
        return WhyNot(rep_id, False, (told,), (reason("change.other_draw"),))
    missing = _missing(case, front, own)
    if isinstance(case.ready.rule.to, Rotation):
        lost = reason("receipt.lost_turn", missing=missing)
        turns = -(-missing // POINT)
        return WhyNot(rep_id, False, (lost,), (reason("change.more_turns_owed", turns=turns),))
    return WhyNot(
        rep_id,
        False,
        (_why_lost(case, front, own),),
        (reason("change.more_owed", points=missing),),
    )


def _why_lost(case: _Case, front: list[Standing], own: Standing) -> Reason:
    first, book = front[0], case.step.book
    if not own.is_in_band:
        most = max(place.owed for place in front)
        return reason(
            "receipt.lost_outside_band",
            owed=own.owed,
            most_owed=most,
            band=case.slack,
            missing=most - case.slack - own.owed,
        )
    if own.score < first.score:
        return reason(
            "receipt.lost_lower_score",
            score=own.score,
            winner_score=first.score,
            difference=first.score - own.score,
        )
    own_last, first_last = (int(book.last[book.position(p.member)]) for p in (own, first))
    if own_last == first_last:
        return reason("receipt.lost_by_draw")
    return reason(
        "receipt.lost_shorter_waiting",
        since=book.sequence - own_last,
        winner_since=book.sequence - first_last if first_last else None,
    )


def _lost_fit(case: _Case, rep_id: str) -> WhyNot:
    by_rep = {
        candidate.rep_id: fit
        for candidate, fit in zip(case.step.field.candidates, case.step.fits, strict=True)
    }
    best = max(by_rep.values())
    told = reason("receipt.lost_lower_fit", fit=by_rep[rep_id], best_fit=best)
    return WhyNot(rep_id, False, (told,), (reason("change.higher_fit", fit=best + 1),))


def _if_able(
    case: _Case, rep_id: str, reasons: tuple[Reason, ...], changes: tuple[Reason, ...]
) -> WhyNot:
    """Put him into the contest; if somebody else would still have come first, say by how much."""
    if not changes:
        return WhyNot(rep_id, False, reasons, (reason("change.nothing_alone"),))
    router, plan = case.router, case.prepared.plan
    position = router.roster.position[rep_id]
    weight = router.roster.weight(position, case.ready.group, plan)
    if weight.weight == 0:
        weight = replace(weight, weight=100)
    blocked = router.loads.full(plan.points) if router.loads.has_limits else frozenset[int]()
    able = [one for one in case.step.field.candidates if one.position not in blocked]
    everybody = sorted([*able, Candidate(position, rep_id, weight)], key=lambda one: one.rep_id)
    contest = router.contests.contest_of(case.step, everybody)
    front = case.standings(contest)
    own = next(place for place in front if place.member == rep_id)
    missing = _missing(case, front, own)
    if missing > 0:
        changes = (*changes, reason("change.more_owed", points=missing))
    return WhyNot(rep_id, False, reasons, changes)


def _missing(case: _Case, front: list[Standing], own: Standing) -> int:
    """How many micro-points more he would have to be owed to come first; 0 = he does.

    What one is owed counts once for the band and, with grade books, twice in the score (total and
    grade); so it is the larger of what each needs, and one micro-point to lead.
    """
    first = front[0]
    if first.member == own.member:
        return 0
    for_band = max(place.owed for place in front) - case.slack - own.owed
    per_point = 2 if case.step.book.by_grade else 1
    for_score = (first.score - own.score) // per_point + 1
    return max(for_band, for_score, 1)


def _less_load(full: Reason) -> Reason:
    """What a limit asks for."""
    params = dict(full.params)
    match full.code:
        case "capacity.open_items":
            return reason(
                "change.fewer_open_items", count=_int(params, "open") - _int(params, "limit") + 1
            )
        case "capacity.open_points":
            over = _int(params, "open") + _int(params, "points") - _int(params, "limit")
            return reason("change.fewer_open_points", points=over)
        case "capacity.window_items":
            count = _int(params, "received") - _int(params, "limit") + 1
            return reason("change.fewer_in_window", cap=params["cap"], count=count)
    over = _int(params, "received") + _int(params, "points") - _int(params, "limit")
    return reason("change.fewer_points_in_window", cap=params["cap"], points=over)


def _int(params: Mapping[str, Param], name: str) -> int:
    value = params[name]
    assert isinstance(value, int), f"{name} is a number"
    return value


_SIMPLE_CHANGES = {
    "availability.switched_off": "change.switched_on",
    "level.no_mentor": "change.mentor",
    "weight.zero": "change.weight",
}


def _changes_for(case: _Case, told: Reason, position: int) -> tuple[Reason, ...]:
    """What would have to be different for this predicate to let him in; () = nothing single."""
    if told.code.startswith("capacity."):
        return (_less_load(told),)
    params = dict(told.params)
    if told.code in _SIMPLE_CHANGES:
        return (reason(_SIMPLE_CHANGES[told.code]),)
    if told.code == "availability.on_leave":
        back = params["back_at"]
        return (reason("change.back_from_leave"),) if back is None else (_after(back),)
    if told.code.startswith("calendar.") and params.get("opens_at"):
        return (_after(params["opens_at"]),)
    if told.code == "level.does_not_take" and params["takers"]:
        return (reason("change.level", levels=params["takers"]),)
    if told.code == "match.differs":
        return (reason("change.field", field=f"rep.{params['field']}", wanted=params["wanted"]),)
    if told.code.startswith("condition."):
        bindings = case.router.roster.seen_by(case.prepared.plan.bindings, position)
        failure = first_failure(case.ready.rule.who, bindings, case.router.policy.schema)
        if failure is not None and failure.remedy is not None:
            return (failure.remedy,)
    return ()


def _after(at: Param) -> Reason:
    return reason("change.after", at=at)
