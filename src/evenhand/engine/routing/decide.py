"""Who gets an item: rules in order, the eligible, the ledger, and what if nobody can take it.

`Router` holds one policy, one team and one moment, with the books and loads as they stand; each
`route` decides one item and books it. A single decision of the server, a file of a million rows,
a simulation and a replay are all this same fold over items.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from evenhand.engine.facts import Item, Load
from evenhand.engine.ledger.book import Book, Contest, Standing
from evenhand.engine.ledger.bookings import (
    Act,
    Posting,
    cap_owed,
    charge_contest,
    dealt_posting,
    join,
)
from evenhand.engine.ledger.draw import MILLION, draw_for, draw_number, happens, seeded_order
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.contests import Contests, GroupStep
from evenhand.engine.routing.decision import Cause, Decision, Exploration, Outcome, Tried
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.plan import Plan, plan
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
from evenhand.engine.routing.team import Team

RUNNERS_UP = 5


class Prepared:
    """A reading scored, graded and priced, and the steps of its rules that were reached so far."""

    __slots__ = ("number", "plan", "steps", "stretched")

    def __init__(self, number: int, plan_: Plan, stretched: frozenset[str]) -> None:
        self.number = number
        self.plan = plan_
        self.stretched = stretched
        self.steps: dict[int, GroupStep] = {}


class CannotPlace(Exception):
    """A plan's word for an item cannot be followed: no candidate, or full."""

    def __init__(self, item_id: str, rep_id: str, what: str) -> None:
        super().__init__(f"{item_id} cannot be placed with {rep_id}: {what}")
        self.item_id = item_id
        self.rep_id = rep_id


class Router:
    """Decides items one after another. Mutable only in its books and loads."""

    def __init__(
        self,
        policy: Policy,
        team: Team,
        *,
        now: datetime,
        seed: str,
        books: Mapping[str, Book] | None = None,
        loads: Mapping[str, Load] | None = None,
        roster: Roster | None = None,
    ) -> None:
        self.policy = policy
        self.team = team
        self.seed = seed
        self.clock = team.company_calendar
        self.contests = Contests(policy, team, now=now, books=books, loads=loads, roster=roster)
        self.roster = self.contests.roster
        self.loads = self.contests.loads
        self.now = self.roster.now
        self.prepared: dict[tuple[Reading, frozenset[str]], Prepared] = {}
        self._stretches = tuple(
            (name, level.level.stretch.percent * MILLION // 100)
            for name, level in policy.ladder.items()
            if level.level.stretch is not None
        )

    @property
    def books(self) -> dict[str, Book]:
        """The books by their keys."""
        return self.contests.books

    @property
    def has_stretches(self) -> bool:
        """Whether an item's draw may open it to the level below."""
        return bool(self._stretches)

    def settle_members(self) -> dict[str, list[Posting]]:
        """Newcomers join, who has left departs; once, before the first item. See `Contests`."""
        return self.contests.settle_members()

    def copy(self) -> "Router":
        """A router that stands where this one stands now, and goes its own way."""
        return Router(
            self.policy,
            self.team,
            now=self.now,
            seed=self.seed,
            books={key: Book.from_json(book.as_json()) for key, book in self.books.items()},
            loads=self.loads.as_loads([rep.id for rep in self.team.reps]),
        )

    # -- one item --------------------------------------------------------------------------

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

    def draw(self, item_id: str, round_: int = 0) -> Callable[[], bytes]:
        """The item's draw, worked out only if something asks for it."""
        return lambda: draw_for(
            seed=self.seed, item_id=item_id, round_=round_, policy_version=self.policy.label
        )

    def prepare(self, reading: Reading, draw: Callable[[], bytes]) -> Prepared:
        """Score, grade and match a reading, or find it done already."""
        stretched: frozenset[str] = frozenset()
        if self._stretches:
            seed = draw()
            stretched = frozenset(
                name for name, rate in self._stretches if happens(seed, f"stretch:{name}", rate)
            )
        key = (reading, stretched)
        known = self.prepared.get(key)
        if known is None:
            plan_ = plan(reading, self.policy, now=self.now, clock=self.clock)
            known = self.prepared[key] = Prepared(len(self.prepared), plan_, stretched)
        return known

    def step(self, prepared: Prepared, ready: ReadyRule) -> GroupStep:
        """The rule's field for this reading."""
        known = prepared.steps.get(ready.position)
        if known is None:
            known = self.contests.step(ready, prepared.plan, prepared.stretched)
            prepared.steps[ready.position] = known
        return known

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
            return self._hand_over(item_id, prepared, ready, owner)
        step = self.step(prepared, ready)
        contest = self.contests.contest(step)
        if contest is None:
            return nobody(step)
        if isinstance(ready.rule.to, BestFit):
            return self._best_fit(item_id, prepared, step, round_)
        return self._deal(item_id, prepared, step, contest, round_, with_places)

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
                gave_back = prepared.plan.reading.gave_back
                if rep is None or not rep.is_active or rep.id in gave_back:
                    return Decision(item_id, Outcome.ESCALATED, rule=rule.rule, where=name)
                position = self.roster.position[rep.id]
                return self._charge(item_id, prepared, ready, position, Cause.OVERFLOW)
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
                or self._named(prepared.plan, target, "") is not None
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
        placed = self._charge(item_id, prepared, ready, position, Cause.PLANNED)
        before = prepared.plan.rules[: prepared.plan.rules.index(ready)]
        return replace(
            placed,
            tried=tuple(Tried(one.rule.rule, reason("owner.none")) for one in before),
            mentor_id=_mentor(step, rep_id) if prepared.stretched else None,
        )

    def leave_over(self, item_id: str, prepared: Prepared) -> Decision:
        """Decide an item that found no place in a plan: the rule's own word on what happens then.

        :raises CannotPlace: no plan could have held it.
        """
        ready = self.planned_rule(prepared)
        if ready is None:
            raise CannotPlace(item_id, "nobody", "no rule deals it by a plan")
        return self.route_prepared(item_id, prepared, passed=ready)

    # -- dealing ---------------------------------------------------------------------------

    def _deal(
        self,
        item_id: str,
        prepared: Prepared,
        step: GroupStep,
        contest: Contest,
        round_: int,
        with_places: bool,
    ) -> Decision:
        book = step.book
        draw = self.draw(item_id, round_)
        slack = 0 if step.by_count else self.policy.band
        explored, pick = self._explore(prepared.plan, step, contest, slack, draw)
        # Read before the winner's own load changes.
        full = self.contests.full(step) if step.blocked else ()
        places: tuple[Standing, ...] = ()
        in_band = 0
        if with_places:
            front, in_band = book.standings(
                contest, slack=slack, draw=draw, most=RUNNERS_UP + 1, explore=pick
            )
            places = tuple(front)
        first = places[0].member if places else None
        winner = book.take(contest, slack=slack, draw=draw, explore=pick, first=first)
        name = book.members[winner]
        self.loads.take(self.roster.position[name], prepared.plan.points)
        posting = None
        if step.gains:
            posting = dealt_posting(book, contest, winner, item_id=item_id)
            for who, amount in step.gains:
                book.accrue(who, amount)
        if contest.everyone is not None:
            posting = dealt_posting(book, contest, winner, item_id=item_id)
            limit = self.policy.parts.fairness.owed_limit
            if limit is not None:
                cap_owed(book, {}, most_owed=limit, row=contest.row)
        return Decision(
            item_id,
            Outcome.ASSIGNED,
            rule=step.ready.rule.rule,
            cause=Cause.ROTATION if step.by_count else Cause.FAIR_SHARE,
            rep_id=name,
            step=step.number,
            book=step.book_key,
            sequence=book.sequence,
            last_before=book.last_before,
            full=full,
            mentor_id=_mentor(step, name) if prepared.stretched else None,
            exploration=explored,
            places=places,
            in_band=in_band,
            posting=posting,
        )

    def _explore(
        self,
        plan_: Plan,
        step: GroupStep,
        contest: Contest,
        slack: int,
        draw: Callable[[], bytes],
    ) -> tuple[Exploration | None, int | None]:
        """Whether this item goes to anyone in the band, and with which probability to whom."""
        rate = self.policy.parts.exploration.rate_millionths
        if not rate or step.by_count or not self._may_explore(plan_):
            return None, None
        seed = draw()
        is_random = happens(seed, "explore", rate)
        pick = draw_number(seed, "explore:whom") if is_random else None
        front, size = step.book.standings(contest, slack=slack, draw=draw)
        # The band in the order of positions is what `take` counts through.
        inside = sorted(place.member for place in front if place.is_in_band)
        chosen = front[0].member if pick is None else inside[pick % size]
        chance = Fraction(rate, MILLION)
        propensity = chance / size + (1 - chance if chosen == front[0].member else 0)
        return Exploration(is_random, propensity), pick

    def _may_explore(self, plan_: Plan) -> bool:
        """Never for the top grade, key accounts, or where the policy says never."""
        if plan_.grade == self.policy.grades[0]:
            return False
        if plan_.bindings.company.get("is_key_account") is True:
            return False
        never = self.policy.never_explored
        return never is None or not never(plan_.bindings)

    def _best_fit(self, item_id: str, prepared: Prepared, step: GroupStep, round_: int) -> Decision:
        book = step.book
        seed = self.draw(item_id, round_)()

        def rank(pair: tuple[int, str]) -> tuple[int, int, int, bytes]:
            fit, rep_id = pair
            at = book.position(rep_id)
            return -fit, -int(book.owed[at]), int(book.last[at]), seeded_order(seed, rep_id)

        blocked = step.blocked or frozenset()
        able = [
            (fit, candidate.rep_id)
            for candidate, fit in zip(step.field.candidates, step.fits, strict=True)
            if candidate.position not in blocked
        ]
        _, best = min(able, key=rank)
        position = self.roster.position[best]
        return self._charge(item_id, prepared, step.ready, position, Cause.BEST_FIT)

    # -- handing over ----------------------------------------------------------------------

    def _hand_over(
        self, item_id: str, prepared: Prepared, ready: ReadyRule, owner: str
    ) -> Decision | Reason | Tried:
        """To an owner or a named person, if he can take it or the rule says he must."""
        target = ready.rule.to
        assert isinstance(target, OwnerOf | Person)
        name = self._named(prepared.plan, target, owner)
        if name is None:
            return reason("owner.none")
        rep = self.team.find(name)
        if rep is None or not rep.is_active:
            return self._departed(item_id, ready, name)
        position = self.roster.position[rep.id]
        if rep.id in prepared.plan.reading.gave_back:
            return reason("item.gave_back")
        why = self.roster.away[position]
        if why is None and self.loads.has_limits:
            why = self.loads.why_full(position, prepared.plan.points)
        if why is not None and target.if_absent != "assign_anyway":
            tried = (Tried(ready.rule.rule, why),)
            if target.if_absent == "wait":
                return Decision(item_id, Outcome.WAITING, rule=ready.rule.rule, tried=tried)
            return tried[0]
        cause = Cause.OWNER if isinstance(target, OwnerOf) else Cause.PERSON
        return self._charge(item_id, prepared, ready, position, cause)

    def _departed(self, item_id: str, ready: ReadyRule, name: str) -> Decision | Reason | Tried:
        target = ready.rule.to
        why = reason("owner.departed", rep=name)
        if not isinstance(target, OwnerOf):
            return why
        tried = Tried(ready.rule.rule, why)
        if target.if_departed == "wait":
            return Decision(item_id, Outcome.WAITING, rule=ready.rule.rule, tried=(tried,))
        return tried

    def _named(self, plan_: Plan, target: OwnerOf | Person, owner: str) -> str | None:
        if isinstance(target, Person):
            return target.rep
        if target.of == "company" and self.policy.owner_is_apart:
            return owner or None
        if target.of == "territory":
            for territory, covers in self.policy.territories:
                if covers(plan_.bindings):
                    return territory.owner
            return None
        found = (
            plan_.bindings.company.get("owner")
            if target.of == "company"
            else plan_.bindings.lead.get("collected_by")
        )
        return found if isinstance(found, str) and found else None

    def _charge(
        self, item_id: str, prepared: Prepared, ready: ReadyRule, position: int, cause: Cause
    ) -> Decision:
        """Give the item to one person and let him pay in the book the rules would have used."""
        rep = self.team.reps[position]
        points = prepared.plan.points
        step = self._credited_step(prepared, ready)
        contest = None if step is None else self.contests.contest(step)
        full: tuple[tuple[str, Reason], ...] = ()
        number, key, sequence, before = -1, "", 0, 0
        posting: Posting | None = None
        if step is not None and contest is not None:
            full = self.contests.full(step)
            if not step.book.has(rep.id):
                join(step.book, rep.id, is_guest=True)
                contest = self.contests.contest(step)
                assert contest is not None, "a guest takes nobody out of the contest"
            charge_contest(step.book, contest, rep.id)
            if contest.everyone is not None or step.gains:
                winner = step.book.position(rep.id)
                dealt = dealt_posting(step.book, contest, winner, item_id=item_id)
                posting = replace(dealt, act=Act.CHARGED)
            for who, amount in step.gains:
                step.book.accrue(who, amount)
            number, key = step.number, step.book_key
            sequence, before = step.book.sequence, step.book.last_before
        self.loads.take(position, points)
        return Decision(
            item_id,
            Outcome.ASSIGNED,
            rule=ready.rule.rule,
            cause=cause,
            rep_id=rep.id,
            step=number,
            book=key,
            sequence=sequence,
            last_before=before,
            full=full,
            posting=posting,
        )

    def _credited_step(self, prepared: Prepared, ready: ReadyRule) -> GroupStep | None:
        """The first rule, this one or a later one, whose group would have shared the item."""
        for other in prepared.plan.rules:
            if other.group is not None and other.position >= ready.position:
                step = self.step(prepared, other)
                if step.field.candidates and not step.by_count:
                    return step
        return None


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
    """Why a group has nobody for an item: empty, all excluded, or all full."""
    if not step.field.candidates:
        if step.field.excluded_count == 0:
            return reason("rule.group_empty")
        return reason("rule.nobody_eligible", excluded=step.field.excluded_count)
    return reason("rule.everybody_full", full=len(step.field.candidates))


def _mentor(step: GroupStep, name: str) -> str | None:
    return next((c.mentor_id for c in step.field.candidates if c.rep_id == name), None)


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
