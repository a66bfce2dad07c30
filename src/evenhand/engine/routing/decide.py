"""Who gets an item: rules in order, the eligible, the ledger, and what if nobody can take it.

`Router` holds one policy, one team and one moment, with the books and loads as they stand; each
`route` decides one item and books it. A single decision of the server, a file of a million rows,
a simulation and a replay are all this same fold over items.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from evenhand.engine.facts import POINT, Item, ItemKind, Load
from evenhand.engine.ledger.book import Book, Contest, Standing
from evenhand.engine.ledger.bookings import (
    Posting,
    cap_owed,
    charge,
    dealt_posting,
    depart,
    join,
)
from evenhand.engine.ledger.draw import MILLION, draw_for, draw_number, happens, seeded_order
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.capacity import Loads, limits_of
from evenhand.engine.routing.decision import Cause, Decision, Exploration, Outcome, Tried
from evenhand.engine.routing.eligible import Candidate, Field, Roster, eligible
from evenhand.engine.routing.fit import fits_of
from evenhand.engine.routing.plan import Plan, plan
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.section import (
    BestFit,
    Escalate,
    NextRule,
    Overflow,
    OwnerOf,
    Person,
    Pool,
    Rotation,
    ToPool,
)
from evenhand.engine.routing.team import Team

RUNNERS_UP = 5
NOBODY_FULL: frozenset[int] = frozenset()
COMPANY_WIDE = "*"


class Prepared:
    """Everything about one reading that holds for every item with that reading."""

    __slots__ = ("number", "plan", "steps", "stretched")

    def __init__(self, number: int, plan_: Plan, stretched: frozenset[str]) -> None:
        self.number = number
        self.plan = plan_
        self.stretched = stretched
        self.steps: dict[int, GroupStep] = {}


class GroupStep:
    """One rule that deals to a group, for one reading: the field, and the contest as it stands."""

    __slots__ = ("blocked", "book", "book_key", "contest", "field", "fits", "layout", "where")

    def __init__(self, field: Field, book_key: str, book: Book, fits: tuple[int, ...]) -> None:
        self.field = field
        self.where = frozenset(candidate.position for candidate in field.candidates)
        self.book_key = book_key
        self.book = book
        self.fits = fits  # aligned with field.candidates
        self.blocked: frozenset[int] | None = None
        self.layout = -1
        self.contest: Contest | None = None


class Router:
    """Decides items one after another. Mutable only in `books` and `loads`."""

    def __init__(
        self,
        policy: Policy,
        team: Team,
        *,
        now: datetime,
        seed: str,
        books: Mapping[str, Book] | None = None,
        loads: Mapping[str, Load] | None = None,
    ) -> None:
        self.policy = policy
        self.team = team
        self.seed = seed
        self.clock = team.company_calendar
        self.roster = Roster(policy, team, now)
        self.now = self.roster.now
        self.books: dict[str, Book] = dict(books or {})
        section = policy.parts.capacity
        self.loads = Loads(
            team.reps,
            [
                limits_of(rep, section, self.roster.windows_of(position))
                for position, rep in enumerate(team.reps)
            ],
            loads or {},
            now=now,
            zone=self.roster.zone,
        )
        self.prepared: dict[tuple[Reading, frozenset[str]], Prepared] = {}
        self._stretches = tuple(
            (name, level.level.stretch.percent * MILLION // 100)
            for name, level in policy.ladder.items()
            if level.level.stretch is not None
        )

    @property
    def has_stretches(self) -> bool:
        """Whether an item's draw may open it to the level below."""
        return bool(self._stretches)

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

    # -- books -----------------------------------------------------------------------------

    def settle_members(self) -> dict[str, list[Posting]]:
        """Bring the books in line with the team: newcomers join, who has left departs.

        Returns the postings of departures, by book. Call it once, before the first item.
        """
        departures: dict[str, list[Posting]] = {}
        for key, book in sorted(self.books.items()):
            if not key.endswith("|count"):
                by_grade = self.policy.parts.fairness.grade_books
                book.keep_grades(self.policy.grades, by_grade=by_grade)
            members = self._members_of(key)
            active = {rep.id for rep in self.team.reps if rep.is_active}
            for person in list(book.members):
                stays = person in members or (person in book.guests and person in active)
                if not stays:
                    posted = depart(book, person, dict.fromkeys(members, 1))
                    departures.setdefault(key, []).extend(posted)
            for person in sorted(members):
                join(book, person)
        return departures

    def book_key(self, group: str, kind: ItemKind, *, by_count: bool = False) -> str:
        """Which book a group's items of a kind are kept in."""
        owner = COMPANY_WIDE if self.policy.parts.fairness.scope == "company" else group
        book = "count" if by_count else "work" if kind is ItemKind.TASK else "value"
        return f"{owner}|{book}"

    def _members_of(self, key: str) -> set[str]:
        group = key.rpartition("|")[0]
        groups = self.roster.members if group == COMPANY_WIDE else {group: ()}
        return {
            self.team.reps[position].id
            for name in groups
            for position in self.roster.members.get(name, ())
        }

    def _book(self, key: str) -> Book:
        book = self.books.get(key)
        if book is None:
            by_grade = self.policy.parts.fairness.grade_books and not key.endswith("|count")
            book = Book(self.policy.grades, self._members_of(key), by_grade=by_grade)
            self.books[key] = book
        return book

    # -- one item --------------------------------------------------------------------------

    def route(self, item: Item, *, with_places: bool = False) -> Decision:
        """Decide one item and book it."""
        reading = self.policy.read(item, now=self.now, clock=self.clock)
        return self.route_reading(item.id, reading, round_=item.round, with_places=with_places)

    def route_reading(
        self, item_id: str, reading: Reading, *, round_: int = 0, with_places: bool = False
    ) -> Decision:
        """Decide an item of which only the reading is known: replay, simulation."""
        prepared = self.prepare(reading, self.draw(item_id, round_))
        return self.route_prepared(item_id, prepared, round_=round_, with_places=with_places)

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

    def route_prepared(
        self, item_id: str, prepared: Prepared, *, round_: int = 0, with_places: bool = False
    ) -> Decision:
        """Go through the rules that apply until one of them settles where the item goes."""
        tried: list[Tried] = []
        full: dict[str, Reason] = {}
        for ready in prepared.plan.rules:
            found: Decision | Reason | Tried | None
            found = self._follow(item_id, prepared, ready, round_, with_places)
            if isinstance(found, Tried):  # the rule says itself that the next one is asked
                tried.append(found)
            elif isinstance(found, Reason):
                tried.append(Tried(ready.rule.rule, found))
                step = prepared.steps.get(ready.position)
                if step is not None and step.blocked:
                    full |= dict(self._full(step, prepared.plan.points))
                found = self._if_nobody(item_id, prepared, ready)
            if isinstance(found, Decision):
                return _told(found, tried, full, round_)
        return _told(Decision(item_id, Outcome.NO_RULE), tried, full, round_)

    def _follow(
        self, item_id: str, prepared: Prepared, ready: ReadyRule, round_: int, with_places: bool
    ) -> Decision | Reason | Tried:
        """What one rule makes of an item: a decision, or why nobody could take it.

        `Tried`: the rule's owner is absent or departed, and it says that the next rule is asked.
        """
        target = ready.rule.to
        match target:
            case Pool():
                return Decision(item_id, Outcome.POOLED, rule=ready.rule.rule, where=target.pool)
            case OwnerOf() | Person():
                return self._hand_over(item_id, prepared, ready)
            case BestFit():
                return self._best_fit(item_id, prepared, ready, round_)
        return self._deal(item_id, prepared, ready, round_, with_places)

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
                if rep is None or not rep.is_active:
                    return Decision(item_id, Outcome.ESCALATED, rule=rule.rule, where=name)
                position = self.roster.position[rep.id]
                return self._charge(item_id, prepared, ready, position, Cause.OVERFLOW)
        return Decision(item_id, Outcome.WAITING, rule=rule.rule)

    # -- dealing ---------------------------------------------------------------------------

    def step(self, prepared: Prepared, ready: ReadyRule) -> GroupStep:
        """The rule's field for this reading, worked out once."""
        known = prepared.steps.get(ready.position)
        if known is None:
            assert ready.group is not None, "only rules that deal to a group have a step"
            field = eligible(self.roster, ready, prepared.plan, stretched=prepared.stretched)
            by_count = isinstance(ready.rule.to, Rotation)
            key = self.book_key(ready.group, prepared.plan.kind, by_count=by_count)
            fits = self._fits(prepared.plan, field, by_count=by_count)
            known = GroupStep(field, key, self._book(key), fits)
            prepared.steps[ready.position] = known
        return known

    def _fits(self, plan_: Plan, field: Field, *, by_count: bool) -> tuple[int, ...]:
        section = self.policy.parts.fit
        if section.mode == "none" or by_count:
            return (0,) * len(field.candidates)
        return fits_of(
            section,
            [
                (one.rep_id, self.roster.seen_by(plan_.bindings, one.position))
                for one in field.candidates
            ],
            points=plan_.points,
            rooms=[self.loads.room_millionths(one.position) for one in field.candidates],
            schema=self.policy.schema,
        )

    def _blocked(self, step: GroupStep, points: int) -> frozenset[int]:
        if not self.loads.has_limits:
            return NOBODY_FULL
        return self.loads.full(points) & step.where

    def contest(self, step: GroupStep, prepared: Prepared, ready: ReadyRule) -> Contest | None:
        """The contest among those who can take the item now; None = nobody can."""
        plan_ = prepared.plan
        blocked = self._blocked(step, plan_.points)
        fit_moves = self.policy.parts.fit.depends_on_room and bool(self.loads.has_limits)
        if step.blocked == blocked and step.layout == step.book.layout and not fit_moves:
            return step.contest
        if fit_moves:
            step.fits = self._fits(plan_, step.field, by_count=isinstance(ready.rule.to, Rotation))
        able = [
            (candidate, fit)
            for candidate, fit in zip(step.field.candidates, step.fits, strict=True)
            if candidate.position not in blocked
        ]
        step.blocked, step.layout = blocked, step.book.layout
        step.contest = self._new_contest(step, plan_, ready, able) if able else None
        return step.contest

    def contest_of(
        self, prepared: Prepared, ready: ReadyRule, step: GroupStep, able: Sequence[Candidate]
    ) -> Contest:
        """The contest there would be among these people, in the order of their ids: what-if."""
        fits = self._fits(
            prepared.plan,
            Field(tuple(able), ()),
            by_count=isinstance(ready.rule.to, Rotation),
        )
        for one in able:
            join(step.book, one.rep_id, is_guest=True)
        return self._new_contest(step, prepared.plan, ready, list(zip(able, fits, strict=True)))

    def _new_contest(
        self, step: GroupStep, plan_: Plan, ready: ReadyRule, able: list[tuple[Candidate, int]]
    ) -> Contest:
        book = step.book
        by_count = isinstance(ready.rule.to, Rotation)
        tau = self.policy.tau
        all_weights = None
        if self.policy.parts.fairness.basis == "equal_totals" and not by_count:
            all_weights = [
                self.roster.weight(self.roster.position[name], ready.group, plan_).weight
                if name not in book.guests
                else 0
                for name in book.members
            ]
        return book.contest(
            row=0 if by_count else book.row(plan_.grade),
            points=POINT if by_count else plan_.points,
            eligible=[book.position(candidate.rep_id) for candidate, _ in able],
            weights=[candidate.weight.weight for candidate, _ in able],
            bonus=[tau * fit // MILLION for _, fit in able],
            all_weights=all_weights,
        )

    def _deal(
        self, item_id: str, prepared: Prepared, ready: ReadyRule, round_: int, with_places: bool
    ) -> Decision | Reason:
        step = self.step(prepared, ready)
        contest = self.contest(step, prepared, ready)
        if contest is None:
            return nobody(step)
        draw = self.draw(item_id, round_)
        slack = 0 if isinstance(ready.rule.to, Rotation) else self.policy.band
        explored, pick = self._explore(prepared, ready, step, contest, slack, draw)
        # Read before the winner's own load changes.
        full = self._full(step, prepared.plan.points) if step.blocked else ()
        places: tuple[Standing, ...] = ()
        in_band = 0
        if with_places:
            front, in_band = step.book.standings(
                contest, slack=slack, draw=draw, most=RUNNERS_UP + 1, explore=pick
            )
            places = tuple(front)
        winner = step.book.take(contest, slack=slack, draw=draw, explore=pick)
        name = step.book.members[winner]
        self.loads.take(self.roster.position[name], prepared.plan.points)
        posting = None
        if contest.everyone is not None:
            posting = dealt_posting(step.book, contest, winner, item_id=item_id)
            self._cap_owed(step.book, contest)
        return Decision(
            item_id,
            Outcome.ASSIGNED,
            rule=ready.rule.rule,
            cause=Cause.ROTATION if isinstance(ready.rule.to, Rotation) else Cause.FAIR_SHARE,
            rep_id=name,
            book=step.book_key,
            sequence=step.book.sequence,
            last_before=step.book.last_before,
            full=full,
            mentor_id=_mentor(step, name) if prepared.stretched else None,
            exploration=explored,
            places=places,
            in_band=in_band,
            posting=posting,
        )

    def _cap_owed(self, book: Book, contest: Contest) -> None:
        limit = self.policy.parts.fairness.owed_limit
        if limit is not None:
            cap_owed(book, {}, most_owed=limit, row=contest.row)

    def _full(self, step: GroupStep, points: int) -> tuple[tuple[str, Reason], ...]:
        """Who was left out for what he carries, with the limit, in id order."""
        found = []
        for position in sorted(step.blocked or ()):
            why = self.loads.why_full(position, points)
            assert why is not None, "whoever is blocked is full"
            found.append((self.team.reps[position].id, why))
        return tuple(found)

    def _explore(
        self,
        prepared: Prepared,
        ready: ReadyRule,
        step: GroupStep,
        contest: Contest,
        slack: int,
        draw: Callable[[], bytes],
    ) -> tuple[Exploration | None, int | None]:
        """Whether this item goes to anyone in the band, and with which probability to whom."""
        rate = self.policy.parts.exploration.rate_millionths
        if not rate or isinstance(ready.rule.to, Rotation) or not self._may_explore(prepared.plan):
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

    def _best_fit(
        self, item_id: str, prepared: Prepared, ready: ReadyRule, round_: int
    ) -> Decision | Reason:
        step = self.step(prepared, ready)
        contest = self.contest(step, prepared, ready)
        if contest is None:
            return nobody(step)
        book = step.book
        seed = self.draw(item_id, round_)()

        def rank(pair: tuple[Candidate, int]) -> tuple[int, int, int, bytes]:
            candidate, fit = pair
            at = book.position(candidate.rep_id)
            order = seeded_order(seed, candidate.rep_id)
            return (-fit, -int(book.owed[at]), int(book.last[at]), order)

        blocked = step.blocked or NOBODY_FULL
        able = [
            pair
            for pair in zip(step.field.candidates, step.fits, strict=True)
            if pair[0].position not in blocked
        ]
        best, _ = min(able, key=rank)
        return self._charge(item_id, prepared, ready, best.position, Cause.BEST_FIT)

    # -- handing over ----------------------------------------------------------------------

    def _hand_over(
        self, item_id: str, prepared: Prepared, ready: ReadyRule
    ) -> Decision | Reason | Tried:
        """To an owner or a named person, if he can take it or the rule says he must."""
        target = ready.rule.to
        assert isinstance(target, OwnerOf | Person)
        name = self._named(prepared.plan, target)
        if name is None:
            return reason("owner.none")
        rep = self.team.find(name)
        if rep is None or not rep.is_active:
            return self._departed(item_id, ready, name)
        position = self.roster.position[rep.id]
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

    def _named(self, plan_: Plan, target: OwnerOf | Person) -> str | None:
        if isinstance(target, Person):
            return target.rep
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
        plan_ = prepared.plan
        posting: Posting | None = None
        key, credited = "", -1
        full: tuple[tuple[str, Reason], ...] = ()
        found = self._credited_step(prepared, ready)
        if found is not None:
            credited, step = found
            step.blocked = blocked = self._blocked(step, plan_.points)
            # A contest prepared for other people must not be mistaken for this one.
            step.layout = -1
            weights = {
                candidate.rep_id: candidate.weight.weight
                for candidate in step.field.candidates
                if candidate.position not in blocked
            }
            if weights:
                key, full = step.book_key, self._full(step, plan_.points)
                posting = charge(
                    step.book,
                    rep.id,
                    row=step.book.row(plan_.grade),
                    points=plan_.points,
                    weights=weights,
                    item_id=item_id,
                )
        self.loads.take(position, plan_.points)
        return Decision(
            item_id,
            Outcome.ASSIGNED,
            rule=ready.rule.rule,
            cause=cause,
            rep_id=rep.id,
            book=key,
            sequence=0 if posting is None else posting.sequence,
            last_before=0 if posting is None else posting.last_before,
            credited_rule=credited,
            full=full,
            posting=posting,
        )

    def _credited_step(self, prepared: Prepared, ready: ReadyRule) -> tuple[int, GroupStep] | None:
        """The first rule, this one or a later one, whose group would have shared the item."""
        for other in prepared.plan.rules:
            is_group = other.group is not None and not isinstance(other.rule.to, Rotation)
            if is_group and other.position >= ready.position:
                step = self.step(prepared, other)
                if step.field.candidates:
                    return other.position, step
        return None


def _told(found: Decision, tried: list[Tried], full: Mapping[str, Reason], round_: int) -> Decision:
    """The decision with what came before it: rules that led nowhere, and who was full there."""
    if not tried and not round_:
        return found
    everybody = tuple(sorted({**dict(found.full), **full}.items())) if full else found.full
    return replace(found, tried=(*tried, *found.tried), full=everybody, round=round_)


def nobody(step: GroupStep) -> Reason:
    """Why a group has nobody for an item: empty, all excluded, or all full."""
    if not step.field.candidates and not step.field.excluded:
        return reason("rule.group_empty")
    if not step.field.candidates:
        return reason("rule.nobody_eligible", excluded=len(step.field.excluded))
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
