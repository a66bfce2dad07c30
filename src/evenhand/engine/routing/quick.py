"""The quick way for items that need nothing but whose turn it is, without objects on the way.

Decides and books exactly what `Router.route_prepared` would; a replay, which knows only that way,
proves it. A file of a million rows goes mostly through here.
"""

from evenhand.engine.ledger.bookings import charge_contest
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.policy import ReadyRule
from evenhand.engine.routing.section import FairShare, OwnerOf
from evenhand.engine.routing.situation import Prepared


class QuickWay:
    """Takes items on behalf of a router, as long as nothing limits what people carry."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.contests = router.contests
        fairness = router.policy.parts.fairness
        self.is_open = (
            not router.loads.has_limits
            and not router.has_stretches
            and fairness.catch_up.mode == "none"
            and fairness.basis == "entitlement"
        )
        self._band = router.policy.band
        self._position = router.roster.position
        self._open_count = router.loads.open_count
        self._open_points = router.loads.open_points
        self._item_id = ""  # whose draw the ledger may ask for

    def step_of(self, prepared: Prepared) -> GroupStep | None:
        """The step of a reading that needs nothing but whose turn it is; None = the full way.

        No limits, no random calibration, no stretch, the first rule deals by fair share to
        somebody: then `take` decides and books exactly what `route_prepared` would.
        """
        parts = self.router.policy.parts
        rules = prepared.plan.rules
        is_plain = (
            self.is_open
            and parts.exploration.rate_millionths == 0
            and bool(rules)
            and isinstance(rules[0].rule.to, FairShare)
        )
        if not is_plain:
            return None
        step = self.router.step(prepared, rules[0])
        return step if step.field.candidates else None

    def take(self, item_id: str, step: GroupStep) -> str:
        """Decide and book an item whose reading has a step here; returns who gets it."""
        book = step.book
        contest = step.contest
        if contest is None or step.layout != book.layout:
            contest = self.contests.contest(step)
            assert contest is not None, "a quick step has candidates, and nobody is ever full"
        self._item_id = item_id
        name = book.members[book.take(contest, slack=self._band, draw=self._draw)]
        self._load(name, step.points)
        return name

    def _load(self, name: str, points: int) -> None:
        # Without limits and windows this is all that `Loads.take` does.
        position = self._position[name]
        self._open_count[position] += 1
        self._open_points[position] += points

    def _draw(self) -> bytes:
        return self.router.draw(self._item_id)()

    def owner_rule_of(self, prepared: Prepared) -> tuple[ReadyRule, GroupStep] | None:
        """The rule that hands a reading to whoever looks after the company, and who is credited.

        None = the full way. Whether that person is there is asked by `give`.
        """
        rules = prepared.plan.rules
        if not self.is_open or not rules or not self.router.policy.owner_is_apart:
            return None
        target = rules[0].rule.to
        if not isinstance(target, OwnerOf) or target.of != "company":
            return None
        # Only what the full way has worked out already: a step made here, sooner than a replay
        # makes it, would number all later ones differently.
        for other in rules:
            if other.group is not None:
                step = prepared.steps.get(other.position)
                if step is None:
                    return None
                if step.field.candidates and not step.by_count:
                    return rules[0], step
        return None

    def give(self, step: GroupStep, owner: str) -> bool:
        """Hand an item to its company's owner and book it; False = he cannot take it now."""
        router = self.router
        position = router.roster.position.get(owner)
        if position is None or not router.team.reps[position].is_active:
            return False
        if router.roster.away[position] is not None or not step.book.has(owner):
            return False
        contest = self.contests.contest(step)
        assert contest is not None, "a credited step has candidates, and nobody is ever full"
        charge_contest(step.book, contest, owner)
        self._load(owner, step.points)
        return True
