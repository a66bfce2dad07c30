"""Who gets an item: rules in order, the eligible, the ledger, and what if nobody can take it.

`Router` holds one policy, one team and one moment, with the books and loads as they stand; each
`route` decides one item and books it. A single decision of the server, a file of a million rows,
a simulation and a replay are all this same fold over items.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from evenhand.engine.facts import Item, Load
from evenhand.engine.ledger.book import Book
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.dealing import best_fit, deal, mentor_of
from evenhand.engine.routing.decision import Cause, Decision, Outcome, Tried
from evenhand.engine.routing.handing_over import charge, hand_over, named
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.section import (
    BestFit,
    Escalate,
    FairShare,
    NextRule,
    Overflow,
    OwnerOf,
    Person,
    Pool,
    ToPool,
)
from evenhand.engine.routing.situation import Prepared, Situation
from evenhand.engine.routing.team import Team


class CannotPlace(Exception):
    """A plan's word for an item cannot be followed: no candidate, or full."""

    def __init__(self, item_id: str, rep_id: str, what: str) -> None:
        super().__init__(f"{item_id} cannot be placed with {rep_id}: {what}")
        self.item_id = item_id
        self.rep_id = rep_id


class Router(Situation):
    """Decides items one after another, from the situation in which it stands."""

    def route(self, item: Item, *, with_places: bool = False) -> Decision:
        """Decide one item and book it."""
        reading = self.policy.read(item, now=self.now, clock=self.clock)
        return self.route_reading(
            item.id,
            reading,
            round_=item.round,
            owner=self.policy.owner_of(item),
            with_places=with_places,
        )

    def route_reading(
        self,
        item_id: str,
        reading: Reading,
        *,
        round_: int = 0,
        owner: str = "",
        with_places: bool = False,
    ) -> Decision:
        """Decide an item of which only the reading is known: replay, simulation."""
        prepared = self.prepare(reading, self.draw(item_id, round_))
        return self.route_prepared(
            item_id, prepared, round_=round_, owner=owner, with_places=with_places
        )

    def route_prepared(
        self,
        item_id: str,
        prepared: Prepared,
        *,
        round_: int = 0,
        owner: str = "",
        with_places: bool = False,
        passed: ReadyRule | None = None,
    ) -> Decision:
        """Go through the rules that apply until one of them settles where the item goes.

        `owner` looks after the item's company, where the policy keeps that apart from readings.
        `passed` is a rule whose plan found no place for the item.
        """
        tried: list[Tried] = []
        full: dict[str, Reason] = {}
        asked = ""  # the owner, once a rule asks for him: what nothing asks for is not recorded
        for ready in prepared.plan.rules:
            found: Decision | Reason | Tried | None
            if owner and isinstance(ready.rule.to, OwnerOf) and ready.rule.to.of == "company":
                asked = owner
            if ready is passed:
                left = self.step(prepared, ready)
                self.contests.contest(left)
                found = nobody(left)
            else:
                found = self._follow(item_id, prepared, ready, round_, owner, with_places)
            if isinstance(found, Tried):  # the rule says itself that the next one is asked
                tried.append(found)
            elif isinstance(found, Reason):
                tried.append(Tried(ready.rule.rule, found))
                step = prepared.steps.get(ready.position)
                if step is not None and step.blocked:
                    full |= dict(self.contests.full(step))
                found = self._if_nobody(item_id, prepared, ready)
            if isinstance(found, Decision):
                return _told(found, tried, full, round_, asked)
        return _told(Decision(item_id, Outcome.NO_RULE), tried, full, round_, asked)

    def _follow(
        self,
        item_id: str,
        prepared: Prepared,
        ready: ReadyRule,
        round_: int,
        owner: str,
        with_places: bool,
    ) -> Decision | Reason | Tried:
        """What one rule makes of an item: a decision, or why nobody could take it.

        `Tried` where an owner is absent or departed, and it says that the next rule is asked.
        """
        if ready.group is None:
            target = ready.rule.to
            if isinstance(target, Pool):
                return Decision(item_id, Outcome.POOLED, rule=ready.rule.rule, where=target.pool)
            return hand_over(self, item_id, prepared, ready, owner)
        step = self.step(prepared, ready)
        contest = self.contests.contest(step)
        if contest is None:
            return nobody(step)
        if isinstance(ready.rule.to, BestFit):
            return best_fit(self, item_id, prepared, step, round_)
        return deal(self, item_id, prepared, step, contest, round_, with_places)

    def _if_nobody(self, item_id: str, prepared: Prepared, ready: ReadyRule) -> Decision | None:
        """The rule's own word on what happens then; None = go on with the next rule."""
        rule = ready.rule
        match rule.if_nobody:
            case NextRule():
                return None
            case ToPool(pool=pool):
                return Decision(item_id, Outcome.POOLED, rule=rule.rule, where=pool)
            case Escalate(to=to):
                return Decision(item_id, Outcome.ESCALATED, rule=rule.rule, where=to)
            case Overflow(rep=name):
                rep = self.team.find(name)
                reading = prepared.plan.reading
                may = rep is not None and rep.is_active and rep.id not in reading.gave_back
                if rep is None or not may or reading.barred(rep.id) is not None:
                    return Decision(item_id, Outcome.ESCALATED, rule=rule.rule, where=name)
                position = self.roster.position[rep.id]
                return charge(self, item_id, prepared, ready, position, Cause.OVERFLOW)
        return Decision(item_id, Outcome.WAITING, rule=rule.rule)

    # -- as a plan says --------------------------------------------------------------------

    def planned_rule(self, prepared: Prepared) -> ReadyRule | None:
        """The fair-share rule that a plan may follow for an item without an owner.

        None = the item is decided in sequence. Works out no step, so that asking changes nothing.
        """
        for ready in prepared.plan.rules:
            target = ready.rule.to
            if isinstance(target, FairShare):
                return ready
            if (
                not isinstance(target, OwnerOf | Person)
                or not isinstance(ready.rule.if_nobody, NextRule)
                or named(self, prepared.plan, target, "") is not None
            ):
                return None
        return None

    def place(self, item_id: str, prepared: Prepared, rep_id: str) -> Decision:
        """Give an item to whom a plan says and book it: the eligible are credited, he pays.

        :raises CannotPlace: he may not take it, or has no room.
        """
        ready = self.planned_rule(prepared)
        position = self.roster.position.get(rep_id)
        if (
            ready is None
            or position is None
            or not (step := self.step(prepared, ready)).has(position)
        ):
            raise CannotPlace(item_id, rep_id, "no candidate")
        if position in self.contests.blocked(step):
            raise CannotPlace(item_id, rep_id, "full")
        placed = charge(self, item_id, prepared, ready, position, Cause.PLANNED)
        before = prepared.plan.rules[: prepared.plan.rules.index(ready)]
        return replace(
            placed,
            tried=tuple(Tried(one.rule.rule, reason("owner.none")) for one in before),
            mentor_id=mentor_of(step, rep_id) if prepared.stretched else None,
        )

    def leave_over(self, item_id: str, prepared: Prepared) -> Decision:
        """Decide an item that found no place in a plan: the rule's own word on what happens then.

        :raises CannotPlace: no plan could have held it.
        """
        ready = self.planned_rule(prepared)
        if ready is None:
            raise CannotPlace(item_id, "nobody", "no rule deals it by a plan")
        return self.route_prepared(item_id, prepared, passed=ready)


def _told(
    found: Decision,
    tried: list[Tried],
    full: Mapping[str, Reason],
    round_: int,
    owner: str,
) -> Decision:
    """The decision with what came before it: rules that led nowhere, and who was full there."""
    if not tried and not round_ and not owner:
        return found
    everybody = tuple(sorted({**dict(found.full), **full}.items())) if full else found.full
    return replace(found, tried=(*tried, *found.tried), full=everybody, round=round_, owner=owner)


def nobody(step: GroupStep) -> Reason:
    """Why a group has nobody for an item: empty, all excluded, or all full.

    Where the customer's peace is against it, that is what is said, for it says until when.
    """
    if not step.field.candidates:
        if step.plan.reading.bars and step.field.excluded_count:
            return step.plan.reading.bars[0].why
        if step.field.excluded_count == 0:
            return reason("rule.group_empty")
        return reason("rule.nobody_eligible", excluded=step.field.excluded_count)
    return reason("rule.everybody_full", full=len(step.field.candidates))


def decide(
    items: Iterable[Item],
    policy: Policy,
    team: Team,
    *,
    now: datetime,
    seed: str,
    books: Mapping[str, Book] | None = None,
    loads: Mapping[str, Load] | None = None,
) -> tuple[list[Decision], Router]:
    """Decide items in order, with places; also the router, with books as they then stand."""
    router = Router(policy, team, now=now, seed=seed, books=books, loads=loads)
    router.settle_members()
    return [router.route(item, with_places=True) for item in items], router
