"""The contest for an item in a group: who competes, with which share and fit, in which book.

A `Contests` keeps books and loads of one team at one moment. What does not change from item to
item (who may, weights, fit) is worked out once per step; who is full is checked at every item, and
the contest is prepared anew only when that, or the members, changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from evenhand.engine.facts import POINT, ItemKind, Load
from evenhand.engine.ledger.book import Book, Contest
from evenhand.engine.ledger.bookings import Posting, depart, join
from evenhand.engine.ledger.draw import MILLION
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.capacity import Loads
from evenhand.engine.routing.eligible import Candidate, Field, Roster, eligible
from evenhand.engine.routing.fit import fits_of
from evenhand.engine.routing.plan import Plan
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.section import Rotation
from evenhand.engine.routing.team import Team

COMPANY_WIDE = "*"
NOBODY: frozenset[int] = frozenset()


def book_key(policy: Policy, group: str, kind: ItemKind, *, by_count: bool = False) -> str:
    """Which book a group's items of a kind are kept in."""
    owner = COMPANY_WIDE if policy.parts.fairness.scope == "company" else group
    book = "count" if by_count else "work" if kind is ItemKind.TASK else "value"
    return f"{owner}|{book}"


def counts_turns(key: str) -> bool:
    """Whether a book counts turns: every item is one, whatever it is worth."""
    return key.endswith("|count")


def books_of(policy: Policy, plan: Plan) -> set[str]:
    """Every book that deciding an item of this plan could touch, fallbacks included."""
    return {
        book_key(policy, ready.group, plan.kind, by_count=isinstance(ready.rule.to, Rotation))
        for ready in plan.rules
        if ready.group is not None
    }


class GroupStep:
    """One rule that deals to a group, for items alike in all that the rule asks about people."""

    __slots__ = (
        "blocked",
        "book",
        "book_key",
        "by_count",
        "contest",
        "field",
        "fits",
        "gains",
        "layout",
        "number",
        "plan",
        "points",
        "ready",
        "where",
    )

    def __init__(
        self, number: int, ready: ReadyRule, plan: Plan, field: Field, book_key: str, book: Book
    ) -> None:
        self.number = number
        self.ready = ready
        self.plan = plan  # of the first item; alike for the others in everything used here
        self.points = plan.points
        self.field = field
        self.where = frozenset(candidate.position for candidate in field.candidates)
        self.book_key = book_key
        self.book = book
        self.by_count = isinstance(ready.rule.to, Rotation)
        self.fits: tuple[int, ...] = ()  # aligned with field.candidates
        self.blocked: frozenset[int] | None = None
        self.layout = -1
        self.contest: Contest | None = None
        # What an item of this contest adds to arrears (on leave) or takes off (catching up).
        self.gains: tuple[tuple[str, int], ...] = ()

    def has(self, position: int) -> bool:
        """Whether this person may take the item, room left aside."""
        return position in self.where


class Contests:
    """Books and loads of a team at one moment, and the steps worked out so far."""

    def __init__(
        self,
        policy: Policy,
        team: Team,
        *,
        now: datetime,
        books: Mapping[str, Book] | None,
        loads: Mapping[str, Load] | None,
        roster: Roster | None = None,
    ) -> None:
        self.policy = policy
        self.team = team
        self.roster = Roster(policy, team, now) if roster is None else roster
        self.books: dict[str, Book] = dict(books or {})
        self.steps: dict[tuple[object, ...], GroupStep] = {}
        self._members: dict[str, frozenset[str]] = {}
        self.loads = Loads(
            team.reps,
            self.roster.limits,
            loads or {},
            now=now,
            zone=self.roster.zone,
        )

    # -- books -----------------------------------------------------------------------------

    def settle_members(self, keys: Iterable[str] | None = None) -> dict[str, list[Posting]]:
        """Bring the books in line with the team: newcomers join, who has left departs.

        Returns the postings of departures, by book. Call it once, before the first item; for
        some `keys` only, where more is not going to be touched.
        """
        departures: dict[str, list[Posting]] = {}
        active = {rep.id for rep in self.team.reps if rep.is_active}
        for key in sorted(self.books if keys is None else self.books.keys() & set(keys)):
            book = self.books[key]
            if not counts_turns(key):
                by_grade = self.policy.parts.fairness.grade_books
                book.keep_grades(self.policy.grades, by_grade=by_grade)
            members = self.members_of(key)
            if not book.guests and members == set(book.members):
                continue
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
        return book_key(self.policy, group, kind, by_count=by_count)

    def members_of(self, key: str) -> frozenset[str]:
        """Who shares in a book by the team as it is."""
        known = self._members.get(key)
        if known is None:
            group = key.rpartition("|")[0]
            names = self.roster.members if group == COMPANY_WIDE else (group,)
            known = self._members[key] = frozenset(
                self.team.reps[position].id
                for name in names
                for position in self.roster.members.get(name, ())
            )
        return known

    def book_at(self, key: str) -> Book:
        """The book of a key, opened with everybody at zero if it is not there yet."""
        book = self.books.get(key)
        if book is None:
            by_grade = self.policy.parts.fairness.grade_books and not counts_turns(key)
            book = Book(self.policy.grades, self.members_of(key), by_grade=by_grade)
            self.books[key] = book
        return book

    # -- steps -----------------------------------------------------------------------------

    def step(self, ready: ReadyRule, plan: Plan, stretched: frozenset[str]) -> GroupStep:
        """The rule's field for an item like this one, worked out once."""
        key = (ready.position, stretched, *self._asked(ready, plan))
        known = self.steps.get(key)
        if known is None:
            assert ready.group is not None, "only rules that deal to a group have a step"
            field = self.roster.fields_by_step.get(key)
            if field is None:
                field = eligible(self.roster, ready, plan, stretched=stretched)
                if not plan.reading.bars:  # as good as no other item has the same
                    self.roster.fields_by_step[key] = field
            by_count = isinstance(ready.rule.to, Rotation)
            book_key = self.book_key(ready.group, plan.kind, by_count=by_count)
            known = GroupStep(len(self.steps), ready, plan, field, book_key, self.book_at(book_key))
            known.fits = self._fits(known, field.candidates)
            self.steps[key] = known
        return known

    def _asked(self, ready: ReadyRule, plan: Plan) -> Iterator[object]:
        """All of an item that can make a difference to who may take it, at which weight and fit."""
        yield plan.kind
        yield plan.grade
        yield plan.points
        yield plan.reading.answers
        yield plan.reading.gave_back
        yield plan.reading.bars
        lead, company = plan.bindings.lead, plan.bindings.company
        for root, name in self.policy.asked_about_people[ready.position]:
            value = (lead if root == "lead" else company).get(name)
            # 1 and True, or 1 and Decimal(1), are one key to a dictionary but not to a condition.
            yield value
            yield value.__class__

    def _fits(self, step: GroupStep, people: Sequence[Candidate]) -> tuple[int, ...]:
        section = self.policy.parts.fit
        if section.mode == "none" or step.by_count:
            return (0,) * len(people)
        bindings = step.plan.bindings
        return fits_of(
            section,
            [(one.rep_id, self.roster.seen_by(bindings, one.position)) for one in people],
            points=step.plan.points,
            rooms=[self.loads.room_millionths(one.position) for one in people],
            schema=self.policy.schema,
            meant=self._meant(step, people),
        )

    def _meant(self, step: GroupStep, people: Sequence[Candidate]) -> list[bool] | None:
        """Of each, whether the item is what his level should mostly take; None: never asked."""
        weights = self.policy.parts.fit.weights
        if weights is None or not weights.level:
            return None
        bindings = step.plan.bindings
        levels = {
            name: level.mostly is not None and level.mostly(bindings)
            for name, level in self.policy.ladder.items()
        }
        return [levels.get(self.team.reps[one.position].level, False) for one in people]

    # -- contests --------------------------------------------------------------------------

    def blocked(self, step: GroupStep) -> frozenset[int]:
        """Positions of candidates who are full for an item like this one, now."""
        if not self.loads.has_limits:
            return NOBODY
        return self.loads.full(step.plan.points) & step.where

    def contest(self, step: GroupStep) -> Contest | None:
        """The contest among those who can take the item now; None = nobody can."""
        blocked = self.blocked(step)
        fit_moves = self.loads.has_limits and self.policy.parts.fit.depends_on_room
        if step.blocked == blocked and step.layout == step.book.layout and not fit_moves:
            return step.contest
        if fit_moves:
            step.fits = self._fits(step, step.field.candidates)
        able = [
            (candidate, fit)
            for candidate, fit in zip(step.field.candidates, step.fits, strict=True)
            if candidate.position not in blocked
        ]
        step.blocked, step.layout = blocked, step.book.layout
        step.contest = self._prepare(step, able) if able else None
        step.gains = ()
        if step.contest is not None and self.policy.parts.fairness.catch_up.mode == "bounded":
            self._let_catch_up(step, able)
        return step.contest

    def _let_catch_up(self, step: GroupStep, able: Sequence[tuple[Candidate, int]]) -> None:
        """Raise the shares of those back from leave by the bounded percentage, and say what each
        item adds to the arrears of those who are away, or takes off."""
        assert step.contest is not None, "only a contest with somebody in it is shared"
        book, plain = step.book, step.contest
        percent = self.policy.parts.fairness.catch_up.percent
        weights = {
            one.rep_id: one.weight.weight * (100 + (percent if book.arrears.get(one.rep_id) else 0))
            for one, _ in able
        }
        bonus = [self.policy.tau * fit // MILLION for _, fit in able]
        step.contest = book.contest(
            row=plain.row,
            points=plain.points,
            eligible=[book.position(name) for name in weights],
            weights=list(weights.values()),
            bonus=bonus,
        )
        caught = [
            (name, int(before) - int(after))
            for name, before, after in zip(weights, plain.shares, step.contest.shares, strict=True)
            if book.arrears.get(name)
        ]
        together = sum(one.weight.weight for one, _ in able)
        missed = [
            (name, plain.points * weight // (together + weight))
            for name, weight in self._on_leave(step)
        ]
        step.gains = tuple(caught + missed)

    def _on_leave(self, step: GroupStep) -> list[tuple[str, int]]:
        """Who could take such items but for a leave, with his weight."""
        found = []
        for one in self.roster.weighed(step.ready.group or "", step.plan):
            if step.has(one.position) or one.weight.weight == 0:
                continue
            against = [why.code for why in step.field.against(one.position)]
            if against == ["availability.on_leave"]:
                found.append((one.rep_id, one.weight.weight))
        return found

    def _prepare(self, step: GroupStep, able: Sequence[tuple[Candidate, int]]) -> Contest:
        book, plan = step.book, step.plan
        all_weights = None
        if self.policy.parts.fairness.basis == "equal_totals" and not step.by_count:
            all_weights = [
                0
                if name in book.guests
                else self.roster.weight(self.roster.position[name], step.ready.group, plan).weight
                for name in book.members
            ]
        return book.contest(
            row=0 if step.by_count else book.row(plan.grade),
            points=POINT if step.by_count else plan.points,
            eligible=[book.position(candidate.rep_id) for candidate, _ in able],
            weights=[candidate.weight.weight for candidate, _ in able],
            bonus=[self.policy.tau * fit // MILLION for _, fit in able],
            all_weights=all_weights,
        )

    def full(self, step: GroupStep) -> tuple[tuple[str, Reason], ...]:
        """Who is left out of the contest for what he carries, with the limit, in id order."""
        if not step.blocked:
            return ()
        found = []
        for position in sorted(step.blocked):
            why = self.loads.why_full(position, step.plan.points)
            assert why is not None, "whoever is blocked is full"
            found.append((self.team.reps[position].id, why))
        return tuple(found)
