"""Why somebody got an item or did not.

Asked of a router as it stood just before the decision (a replay stops there). What would have
changed it is `changes`'s business.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.engine.facts import OWN
from evenhand.engine.ledger.book import Book, Contest, Standing
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.changes import changes_for, missing_points
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.engine.routing.policy import ReadyRule, owner_way
from evenhand.engine.routing.section import OwnerOf, Rotation
from evenhand.engine.routing.situation import Prepared


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
    round: int

    @property
    def slack(self) -> int:
        return 0 if isinstance(self.ready.rule.to, Rotation) else self.router.policy.band

    def standings(self, contest: Contest) -> list[Standing]:
        draw = self.router.draw(self.item_id, self.round)
        return self.step.book.standings(contest, slack=self.slack, draw=draw)[0]


def why(router: Router, prepared: Prepared, decision: Decision, rep_id: str) -> WhyNot:
    """Why this person got the item of `decision`, or did not.

    `router` must stand as it did just before the decision was booked.
    """
    if decision.rep_id == rep_id:
        return WhyNot(rep_id, True, (_won(router, prepared, decision),))
    if rep_id not in router.roster.position:
        return WhyNot(rep_id, False, (reason("receipt.unknown_rep", rep=rep_id),))
    reasons = tuple(_why_not(router, prepared, decision, rep_id))
    if decision.cause is Cause.PLANNED:
        # With him in it, the whole plan would be another; nobody can say which.
        return WhyNot(rep_id, False, reasons)
    changes = changes_for(router, prepared, decision, rep_id)
    return WhyNot(rep_id, False, reasons, changes or (reason("change.nothing_alone"),))


_BY_RIGHT = frozenset({Cause.OWNER, Cause.PERSON, Cause.OVERFLOW})


def _owner_of(prepared: Prepared, rule: str) -> str:
    for ready in prepared.plan.rules:
        if ready.rule.rule == rule and isinstance(ready.rule.to, OwnerOf):
            of = ready.rule.to.of
            return owner_way(prepared.plan.bindings.company) if of == OWN else of
    return OWN


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
        fits = sorted(_fits_of_able(case).values(), reverse=True)
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
    return _case_of(router, prepared, decision, ready)


def _case_of(router: Router, prepared: Prepared, decision: Decision, ready: ReadyRule) -> _Case:
    step = router.step(prepared, ready)
    return _Case(router, prepared, ready, step, decision.item_id, decision.round)


def _why_not(
    router: Router, prepared: Prepared, decision: Decision, rep_id: str
) -> Iterator[Reason]:
    """By the rule that decided, or the first one whose group the person is in."""
    position = router.roster.position[rep_id]
    if not router.team.reps[position].is_active:
        yield reason("receipt.inactive")
        return
    if decision.rep_id is not None and decision.cause in _BY_RIGHT:
        yield _went(prepared, decision)
        return
    asked = [ready for ready in prepared.plan.rules if ready.group is not None]
    inside = [r for r in asked if position in router.roster.members[r.group or ""]]
    deciding = [ready for ready in inside if ready.rule.rule == decision.rule]
    ready = next(iter(deciding or inside), None)
    if ready is not None:
        yield from _under(_case_of(router, prepared, decision, ready), decision, rep_id)
    elif asked:
        yield reason("receipt.not_in_group", group=asked[-1].group or "")
    else:
        yield reason("receipt.not_dealt", outcome=decision.outcome.value)


def _under(case: _Case, decision: Decision, rep_id: str) -> Iterator[Reason]:
    """What kept him out under a rule whose group he is in or, if nothing did, who came first."""
    router, position = case.router, case.router.roster.position[rep_id]
    full = router.loads.why_full(position, case.prepared.plan.points)
    is_able = case.step.has(position)
    if not is_able:
        yield from case.step.field.against(position)
    if full is not None:
        yield full
    if is_able and full is None:
        yield _lost(case, decision, rep_id)


def _lost(case: _Case, decision: Decision, rep_id: str) -> Reason:
    """He could have taken it, and somebody else came first."""
    if decision.outcome is not Outcome.ASSIGNED:
        return reason("receipt.not_dealt", outcome=decision.outcome.value)
    if decision.rule != case.ready.rule.rule:
        return reason("receipt.earlier_rule", rule=decision.rule)
    if decision.cause is Cause.PLANNED:
        return reason("receipt.lost_in_plan")
    if decision.cause is Cause.BEST_FIT:
        return _lost_fit(case, decision.rep_id or "", rep_id)
    contest = case.router.contests.contest(case.step)
    assert contest is not None, "somebody won it, so somebody could take it"
    front = case.standings(contest)
    own = next(place for place in front if place.member == rep_id)
    if decision.exploration is not None and decision.exploration.was_random:
        return reason("receipt.lost_random", in_band=sum(place.is_in_band for place in front))
    if isinstance(case.ready.rule.to, Rotation):
        missing = missing_points(front, own, slack=case.slack, by_grade=False)
        return reason("receipt.lost_turn", missing=missing)
    return _why_lost(case, front, own)


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
    return _lost_tie(book, first.member, own.member)


def _lost_tie(book: Book, winner: str, rep_id: str) -> Reason:
    """Level with the winner in all else: who waited longer, then chance."""
    own_last, first_last = (int(book.last[book.position(name)]) for name in (rep_id, winner))
    if own_last == first_last:
        return reason("receipt.lost_by_draw")
    return reason(
        "receipt.lost_shorter_waiting",
        since=book.sequence - own_last,
        winner_since=book.sequence - first_last if first_last else None,
    )


def _fits_of_able(case: _Case) -> dict[str, int]:
    """The fit of everybody who could take the item: who was full does not count."""
    blocked = case.router.contests.blocked(case.step)
    people = zip(case.step.field.candidates, case.step.fits, strict=True)
    return {one.rep_id: fit for one, fit in people if one.position not in blocked}


def _lost_fit(case: _Case, winner: str, rep_id: str) -> Reason:
    fits, book = _fits_of_able(case), case.step.book
    if fits[rep_id] < fits[winner]:
        return reason("receipt.lost_lower_fit", fit=fits[rep_id], best_fit=fits[winner])
    own, first = (int(book.owed[book.position(name)]) for name in (rep_id, winner))
    if own < first:
        return reason("receipt.lost_less_owed", fit=fits[winner], owed=own, winner_owed=first)
    return _lost_tie(book, winner, rep_id)
