"""An intake taken in anew under one policy, item by item, by the engine that deals for real.

The fold over items is the server's own: the same router, books and quick way. What differs is only
how it gets from one moment to the next, because here nothing is read anew in between.
"""

from bisect import insort
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import NamedTuple

from evenhand.engine.facts import Company, Item
from evenhand.engine.ledger.book import Book
from evenhand.engine.routing.contests import books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause, Decision, Outcome, why_unassigned
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.quick import QuickWay
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.simulate.intake import Arrival, Given, Intake
from evenhand.engine.simulate.loads import MovingLoads
from evenhand.engine.simulate.moments import Key, Moments

# What waits is looked at in this number, as on the server.
LOOKED_AT = 1_000
# More kinds of readings, or moments, than this are worked out anew rather than kept.
_KEPT_READINGS = 20_000
_KEPT_MOMENTS = 64
_TELL_EVERY = 1_000


class Done(NamedTuple):
    """What became of one item; `why` is a reason's code where nobody has it."""

    outcome: Outcome
    rep_id: str
    rule: str
    cause: str
    grade: str
    points: int  # micro-points
    why: str
    rounds: int  # how often it was decided; above 1 = it waited first
    at: datetime  # of the last decision


@dataclass(slots=True)
class Ran:
    """A whole run: each item in the order of arrival, and what stood at the end."""

    done: list[Done]
    books: Mapping[str, Book]
    full: Counter[tuple[str, str]] = field(default_factory=Counter)  # (person, limit) → passed over


class _Stand:
    """A router for all moments that are alike, with what it has settled."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.quick = QuickWay(router)
        self.keys: dict[int, frozenset[str]] = {}


class Run:
    """One policy going through one intake. Mutable: it is the state between two items."""

    def __init__(self, policy: Policy, intake: Intake, *, seed: str) -> None:
        self.policy = policy
        self.intake = intake
        self.seed = seed
        since = intake.arrivals[0].at if intake.arrivals else intake.until
        self.moments = Moments(policy, intake.teams, since=since, until=intake.until)
        self.books: dict[str, Book] = {}
        team = intake.teams[0][1]
        self.position = team.positions()
        first = Roster(policy, team, _whole(since))
        self.loads = MovingLoads(
            team.reps,
            first.limits,
            policy.parts.capacity.windows,
            now=_whole(since),
            zone=first.zone,
        )
        self.done: list[Done | None] = [None] * len(intake.arrivals)
        self.full: Counter[tuple[str, str]] = Counter()
        self._stands: dict[Key, _Stand] = {}
        self._rosters: dict[Key, Roster] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._given = deque(intake.given)
        self._ends: list[tuple[datetime, int, int, int, str, int]] = []
        self._ended = 0  # numbers ends, so that equal moments keep their order
        self._owners: dict[str, dict[int, str]] = {}
        self._waiting: list[tuple[int, datetime, int, int]] = []
        self._looked: Key = ()
        self._has_room = False
        self._readings: dict[tuple[int, str], Reading] = {}
        self._asks_itself = {"lead.id", "lead.created_at"} & set(policy.paths_read)

    def run(self, tell: Callable[[int], None] | None = None) -> Ran:
        """Take everything in; `tell` hears every thousand items how far it is, and may raise."""
        for index, arrival in enumerate(self.intake.arrivals):
            stand = self._go_to(arrival.at)
            self._first(index, arrival, stand)
            if tell is not None and index % _TELL_EVERY == _TELL_EVERY - 1:
                tell(index + 1)
        self._go_to(self.intake.until)
        return Ran([one for one in self.done if one is not None], self.books, self.full)

    # -- time ------------------------------------------------------------------------------

    def _go_to(self, at: datetime) -> _Stand:
        """Let time pass until `at`: what was closed makes room, and what waits is looked at."""
        self._settle_until(at)
        moment = _whole(at)
        key = self.moments.key(moment)
        stand = self._stand(key, moment)
        if self.loads.has_limits and self.loads.pass_to(moment):
            self._has_room = True
        look = (key, moment) if self.moments.is_timed else key
        if self._waiting and (self._has_room or look != self._looked):
            self._look_again(stand, at)
        self._has_room, self._looked = False, look
        return stand

    def _stand(self, key: Key, moment: datetime) -> _Stand:
        full_key = (key, moment) if self.moments.is_timed else key
        known = self._stands.get(full_key)
        if known is None:
            roster = self._rosters.get(key)
            if roster is None:
                if len(self._rosters) >= _KEPT_MOMENTS:
                    self._rosters.clear()
                roster = Roster(self.policy, self.moments.team_at(moment), moment)
                self._rosters[key] = roster
            if len(self._stands) >= _KEPT_MOMENTS:
                self._stands.clear()
            known = self._stands[full_key] = self._new_stand(roster.moved_to(moment))
        if len(known.router.prepared) > _KEPT_READINGS:
            known = self._stands[full_key] = self._new_stand(known.router.roster)
        self.loads.limit(known.router.roster.limits)
        return known

    def _new_stand(self, roster: Roster) -> _Stand:
        router = Router(self.policy, roster.team, now=roster.now, seed=self.seed, roster=roster)
        # Books and loads are one for all moments.
        router.contests.books = self.books
        router.contests.loads = router.loads = self.loads
        return _Stand(router)

    def _settle_until(self, at: datetime) -> None:
        """What was given elsewhere and what was closed by then, in the order of time."""
        while True:
            opens = self._given[0].opened_at if self._given else None
            ends = self._ends[0][0] if self._ends else None
            if ends is not None and ends <= at and (opens is None or ends <= opens):
                self._end()
            elif opens is not None and opens <= at:
                self._give(self._given.popleft())
            else:
                return

    def _give(self, given: Given) -> None:
        position = self.position.get(given.rep_id)
        number = _ACCOUNT if given.is_company else given.number
        if given.company:
            self._owners.setdefault(given.company, {})[number] = given.rep_id
        if position is not None:
            self.loads.receive(position, given.points, _whole(given.opened_at))
        self._will_end(given.closed_at, position, given.points, given.company, number)

    def _will_end(
        self, at: datetime | None, position: int | None, points: int, company: str, number: int
    ) -> None:
        if at is not None:
            self._ended += 1
            place = -1 if position is None else position
            heappush(self._ends, (at, self._ended, place, points, company, number))

    def _end(self) -> None:
        _, _, position, points, company, number = heappop(self._ends)
        if position >= 0:
            self.loads.give_back(position, points)
            self._has_room = True
        if company:
            self._owners.get(company, {}).pop(number, None)

    # -- one item --------------------------------------------------------------------------

    def _first(self, index: int, arrival: Arrival, stand: _Stand) -> None:
        owner = self._owner_of(arrival.company)
        reading = self._reading(arrival, owner, stand)
        router = stand.router
        prepared = router.prepare(reading, router.draw(arrival.item_id))
        apart = owner if self.policy.owner_is_apart else ""
        self._settle_members(stand, prepared)
        step = stand.quick.step_of(prepared)
        if step is not None:
            rep_id = stand.quick.take(arrival.item_id, step)
            rule = prepared.plan.rules[0].rule.rule
            grade, points = prepared.plan.grade, prepared.plan.points
            self.done[index] = Done(
                Outcome.ASSIGNED, rep_id, rule, _FAIR, grade, points, "", 1, arrival.at
            )
            self._holds(arrival, rep_id, points)
            return
        decision = router.route_prepared(arrival.item_id, prepared, owner=apart)
        self._note(index, arrival, decision, prepared, arrival.at)
        if decision.outcome not in (Outcome.ASSIGNED, Outcome.POOLED):
            entry = (-prepared.plan.points, arrival.at, arrival.number, index)
            insort(self._waiting, entry)

    def _reading(self, arrival: Arrival, owner: str, stand: _Stand) -> Reading:
        key = (arrival.alike, ("*" if owner else "") if self.policy.owner_is_apart else owner)
        known = None if self._asks_itself else self._readings.get(key)
        if known is None:
            item = self._item(arrival, owner)
            clock = stand.router.clock
            known = self.policy.read(item, now=stand.router.now, clock=clock)
            if not self._asks_itself:
                self._readings[key] = known
        return known

    def _item(self, arrival: Arrival, owner: str) -> Item:
        facts = self.intake.facts[arrival.alike]
        company = facts.company
        if arrival.company or company is not None:
            plain = company or Company(arrival.company, {})
            company = replace(plain, owner_id=owner or None)
        fields = {**facts.fields, "created_at": arrival.at}
        return replace(facts, id=arrival.item_id, fields=fields, company=company)

    def _owner_of(self, company: str) -> str:
        """Who looks after a company now: its own holder, else whoever holds its latest item."""
        if not company or not self.policy.reads_company_owner:
            return ""
        held = self._owners.get(company)
        if not held:
            return ""
        return held[_ACCOUNT] if _ACCOUNT in held else held[max(held)]

    def _settle_members(self, stand: _Stand, prepared: Prepared) -> None:
        """Newcomers join and leavers depart in the books that this item can touch."""
        keys = stand.keys.get(prepared.number)
        if keys is None:
            keys = frozenset(books_of(self.policy, prepared.plan))
            stand.keys[prepared.number] = keys
        contests = stand.router.contests
        for key in keys:
            members = contests.members_of(key)
            if self._members.get(key) != members:
                contests.settle_members([key])
                self._members[key] = members

    def _note(
        self,
        index: int,
        arrival: Arrival,
        decision: Decision,
        prepared: Prepared,
        at: datetime,
    ) -> None:
        before = self.done[index]
        why = why_unassigned(decision)
        rep_id = decision.rep_id or ""
        self.done[index] = Done(
            decision.outcome,
            rep_id,
            decision.rule,
            decision.cause.value if decision.cause else "",
            prepared.plan.grade,
            prepared.plan.points,
            "" if why is None else why.code,
            1 if before is None else before.rounds + 1,
            at,
        )
        for who, limit in decision.full:
            self.full[who, limit.code] += 1
        if rep_id:
            self._holds(arrival, rep_id, prepared.plan.points)

    def _holds(self, arrival: Arrival, rep_id: str, points: int) -> None:
        if arrival.company:
            self._owners.setdefault(arrival.company, {})[arrival.number] = rep_id
        self._will_end(
            arrival.closed_at, self.position[rep_id], points, arrival.company, arrival.number
        )

    # -- what waits ------------------------------------------------------------------------

    def _look_again(self, stand: _Stand, at: datetime) -> None:
        """Deal what somebody can take by now, the most valuable and oldest first."""
        while self._waiting:
            moved, put_off = self._look_once(stand, at)
            if not (moved and put_off):
                return

    def _look_once(self, stand: _Stand, at: datetime) -> tuple[bool, bool]:
        """Whether anything found somebody, and whether anything waits for what that brings."""
        stuck: set[tuple[int, str]] = set()
        gone: set[int] = set()
        met: set[str] = set()
        hopeless: set[tuple[int, str]] = set()  # the same before anything is worked out
        is_plain = not self._asks_itself and not stand.router.has_stretches
        by_owner = self.policy.reads_company_owner
        arrivals = self.intake.arrivals
        moved = put_off = False
        for _, _, _, index in self._waiting[:LOOKED_AT]:
            arrival = arrivals[index]
            alike = (arrival.alike, arrival.company if by_owner else "")
            if arrival.closed_at is not None and arrival.closed_at <= at:
                gone.add(index)  # it was closed while it waited
            elif alike in hopeless:
                continue
            elif by_owner and arrival.company in met:
                put_off = True  # it may have an owner after the first
            elif self._try_again(index, arrival, stand, at, stuck):
                gone.add(index)
                moved = True
                if arrival.company:
                    met.add(arrival.company)
            elif is_plain:
                hopeless.add(alike)
        if gone:
            self._waiting = [one for one in self._waiting if one[3] not in gone]
        return moved, put_off

    def _try_again(
        self,
        index: int,
        arrival: Arrival,
        stand: _Stand,
        at: datetime,
        stuck: set[tuple[int, str]],
    ) -> bool:
        """Whether somebody takes it now; what is alike in everything to one that is `stuck` is
        not asked about again."""
        before = self.done[index]
        assert before is not None, "what waits was decided once"
        router, rounds = stand.router, before.rounds
        owner = self._owner_of(arrival.company)
        reading = self._reading(arrival, owner, stand)
        prepared = router.prepare(reading, router.draw(arrival.item_id, rounds))
        apart = owner if self.policy.owner_is_apart else ""
        if (prepared.number, apart) in stuck:
            return False
        self._settle_members(stand, prepared)
        decision = router.route_prepared(arrival.item_id, prepared, round_=rounds, owner=apart)
        if decision.outcome not in (Outcome.ASSIGNED, Outcome.POOLED):
            stuck.add((prepared.number, apart))
            return False
        self._note(index, arrival, decision, prepared, at)
        return True


_ACCOUNT = -1
_FAIR = Cause.FAIR_SHARE.value


def _whole(at: datetime) -> datetime:
    """The engine's moment: whole seconds in UTC."""
    return at.astimezone(UTC).replace(microsecond=0)
