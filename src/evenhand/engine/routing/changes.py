"""What would have brought an item to somebody, tried out before it is said.

One change is found after another, from what keeps the item from him as things then stand, and
the item is decided anew each time; the answer is the list with which he gets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.engine.conditions import first_failure
from evenhand.engine.facts import POINT
from evenhand.engine.ledger.book import Standing
from evenhand.engine.ledger.draw import MILLION
from evenhand.engine.reasons import Param, Reason, reason
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.policy import ReadyRule
from evenhand.engine.routing.section import BestFit, Rotation
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.trial import CannotTry, Trial

_MOST = 12  # more than these together is no answer


@dataclass(frozen=True, slots=True)
class _Move:
    """A change and the rule under which it counts."""

    change: Reason
    ready: ReadyRule | None = None


def changes_for(
    router: Router, prepared: Prepared, decision: Decision, rep_id: str
) -> tuple[Reason, ...]:
    """What, all together, would have brought the item to him; () = nothing that can be named.

    `router` must stand as it did just before the decision was booked.
    """
    trial = Trial(router, prepared, decision, rep_id)
    told: list[Reason] = []
    while len(told) <= _MOST:
        found = trial.decide()
        if found.rep_id == rep_id:
            return tuple(told)
        then_router, then_prepared = trial.before()
        moves = _Look(then_router, then_prepared, found, rep_id).moves()
        if not moves:
            return ()
        for move in moves:
            told.append(move.change)
            if _is_beyond_trial(move.change, router):
                return tuple(told)
            try:
                trial.apply(move.change, move.ready)
            except CannotTry:
                return ()
    return ()


def _is_beyond_trial(change: Reason, router: Router) -> bool:
    """Chance would have decided, or a fit that the load moves along: neither can be tried."""
    if change.code == "change.other_draw":
        return True
    return change.code == "change.higher_fit" and router.policy.parts.fit.depends_on_room


class _Look:
    """Where an item went as things stand, and what keeps it from one person."""

    def __init__(self, router: Router, prepared: Prepared, decision: Decision, rep_id: str) -> None:
        self._router = router
        self._prepared = prepared
        self._decision = decision
        self._rep_id = rep_id
        self._position = router.roster.position[rep_id]

    def moves(self) -> list[_Move]:
        """What has to change first; [] = nothing that can be named."""
        if not self._router.team.reps[self._position].is_active:
            return [_Move(reason("change.active"))]
        rules = self._prepared.plan.rules
        settled = next((one for one in rules if one.rule.rule == self._decision.rule), None)
        asked = rules if settled is None else rules[: rules.index(settled) + 1]
        groups = [ready for ready in asked if ready.group is not None]
        mine = [ready for ready in groups if self._is_inside(ready)]
        if settled is not None and settled in mine:
            return self._under(settled)
        if settled is not None and settled.group is None:
            return [_Move(reason("change.without_rule", rule=settled.rule.rule))]
        if mine:
            return self._under(mine[0])
        if groups:
            group = groups[-1].group or ""
            return [_Move(reason("change.in_group", group=group), groups[-1])]
        return []

    def _is_inside(self, ready: ReadyRule) -> bool:
        return self._position in self._router.roster.members[ready.group or ""]

    def _under(self, ready: ReadyRule) -> list[_Move]:
        """Under a rule whose group he is in: what keeps him out, or who comes before him."""
        step = self._router.step(self._prepared, ready)
        against = [] if step.has(self._position) else list(step.field.against(self._position))
        full = self._router.loads.why_full(self._position, self._prepared.plan.points)
        against += [] if full is None else [full]
        if not against:
            return self._leading(ready, step)
        found = [self._lifting(why, ready) for why in against]
        changes = [change for change in found if change is not None]
        # Half of what would be needed is no answer.
        return [_Move(change, ready) for change in changes] if len(changes) == len(found) else []

    # -- coming first ------------------------------------------------------------------------

    def _leading(self, ready: ReadyRule, step: GroupStep) -> list[_Move]:
        if isinstance(ready.rule.to, BestFit):
            return self._best_fit(ready, step)
        contest = self._router.contests.contest(step)
        if contest is None:
            return []
        slack = 0 if isinstance(ready.rule.to, Rotation) else self._router.policy.band
        draw = self._router.draw(self._decision.item_id, self._decision.round)
        front = step.book.standings(contest, slack=slack, draw=draw)[0]
        own = next(place for place in front if place.member == self._rep_id)
        explored = self._decision.exploration
        if explored is not None and explored.was_random:
            for_band = max(place.owed for place in front) - slack - own.owed
            more = [reason("change.more_owed", points=for_band)] if for_band > 0 else []
            return [_Move(change, ready) for change in (*more, reason("change.other_draw"))]
        missing = missing_points(front, own, slack=slack, by_grade=step.book.by_grade)
        if missing == 0:
            return []
        if step.by_count:
            turns = -(-missing // POINT)
            return [_Move(reason("change.more_turns_owed", turns=turns), ready)]
        return [_Move(reason("change.more_owed", points=missing), ready)]

    def _best_fit(self, ready: ReadyRule, step: GroupStep) -> list[_Move]:
        """A better fit or, where his is the best there can be, more owed than the others alike."""
        blocked = self._router.contests.blocked(step)
        able = [
            (fit, one.rep_id)
            for one, fit in zip(step.field.candidates, step.fits, strict=True)
            if one.position not in blocked
        ]
        own = next(fit for fit, rep_id in able if rep_id == self._rep_id)
        best = max(fit for fit, _ in able)
        if own < best:
            return [_Move(reason("change.higher_fit", fit=min(best + 1, MILLION)), ready)]
        book = step.book
        most = max(int(book.owed[book.position(rep_id)]) for fit, rep_id in able if fit == best)
        missing = most - int(book.owed[book.position(self._rep_id)]) + 1
        return [_Move(reason("change.more_owed", points=missing), ready)]

    # -- being able --------------------------------------------------------------------------

    def _lifting(self, why: Reason, ready: ReadyRule) -> Reason | None:
        """What would lift one predicate against him; None = nothing single."""
        if why.code.startswith("capacity."):
            return less_load(why)
        params = dict(why.params)
        if why.code in _SIMPLE:
            return reason(_SIMPLE[why.code])
        if why.code == "availability.on_leave":
            back = params["back_at"]
            return reason("change.back_from_leave") if back is None else _after(back)
        if why.code.startswith("calendar.") and params.get("opens_at"):
            return _after(params["opens_at"])
        if why.code == "level.does_not_take":
            takers = params["takers"]
            # The first level from below that takes it: the one that was tried.
            return reason("change.level", levels=takers[:1]) if isinstance(takers, tuple) else None
        if why.code == "match.differs":
            field = f"rep.{params['field']}"
            return reason("change.field", field=field, wanted=params["wanted"])
        if why.code.startswith("condition."):
            bindings = self._router.roster.seen_by(self._prepared.plan.bindings, self._position)
            failure = first_failure(ready.rule.who, bindings, self._router.policy.schema)
            return None if failure is None else failure.remedy
        return None


_SIMPLE = {
    "availability.switched_off": "change.switched_on",
    "level.no_mentor": "change.mentor",
    "weight.zero": "change.weight",
}


def missing_points(front: list[Standing], own: Standing, *, slack: int, by_grade: bool) -> int:
    """How many micro-points more he would have to be owed to come first; 0 = he does.

    What one is owed counts once for the band and, with grade books, twice in the score (total and
    grade); so it is the larger of what each needs, and one micro-point to lead.
    """
    first = front[0]
    if first.member == own.member:
        return 0
    for_band = max(place.owed for place in front) - slack - own.owed
    # Whoever he passes in the band may fall out of it; the highest score is enough to beat.
    best = max(place.score for place in front if place.is_in_band)
    for_score = (best - own.score) // (2 if by_grade else 1) + 1
    return max(for_band, for_score, 1)


def less_load(full: Reason) -> Reason:
    """What a limit asks for."""
    params = dict(full.params)
    match full.code:
        case "capacity.open_items":
            count = _int(params, "open") - _int(params, "limit") + 1
            return reason("change.fewer_open_items", count=count)
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


def _after(at: Param) -> Reason:
    return reason("change.after", at=at)
