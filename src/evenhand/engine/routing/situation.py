"""What a decision stands on: one policy, one team, one moment, the books and loads as they are."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Self

from evenhand.engine.facts import Load
from evenhand.engine.ledger.book import Book
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.ledger.draw import MILLION, draw_for, happens
from evenhand.engine.routing.contests import Contests, GroupStep
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.plan import Plan, plan
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.team import Team


class Prepared:
    """A reading scored, graded and priced, and the steps of its rules that were reached so far."""

    __slots__ = ("number", "plan", "steps", "stretched")

    def __init__(self, number: int, plan_: Plan, stretched: frozenset[str]) -> None:
        self.number = number
        self.plan = plan_
        self.stretched = stretched
        self.steps: dict[int, GroupStep] = {}


class Situation:
    """A policy, a team and a moment. Mutable only in its books and loads, and in what it has worked
    out of readings already."""

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

    def copy(self) -> Self:
        """A situation that stands where this one stands now, and goes its own way."""
        return type(self)(
            self.policy,
            self.team,
            now=self.now,
            seed=self.seed,
            books={key: Book.from_json(book.as_json()) for key, book in self.books.items()},
            loads=self.loads.as_loads([rep.id for rep in self.team.reps]),
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
