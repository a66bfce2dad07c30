"""Who may take an item under a rule and, for everyone who may not, the predicate that said so.

Only what does not change while items are dealt at one moment stands here: being active, level,
match, weight, leave. Who is full changes with every item and is `capacity`'s business.

Deciding needs to know who may; explaining needs to know why not. The first is worked out from sets
kept per field value, the second only for those who are asked about. Tests hold the two together.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.conditions import Bindings, first_failure
from evenhand.engine.facts import ItemKind, Rep, Value
from evenhand.engine.reasons import Param, Reason, reason
from evenhand.engine.routing.availability import why_not_lasting, why_unavailable
from evenhand.engine.routing.capacity import limits_of
from evenhand.engine.routing.plan import Plan
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.section import WindowCap
from evenhand.engine.routing.team import Team, rep_fields
from evenhand.engine.routing.weights import (
    Weight,
    base_weight,
    effective_weight,
    is_settling_in,
)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Somebody who may not take an item, and the first predicate that said so."""

    rep_id: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take an item, with his weight; `mentor_id` if it is a stretch for him."""

    position: int  # in the team
    rep_id: str
    weight: Weight
    mentor_id: str | None = None


class Roster:
    """A team under one policy at one moment: availability, groups and weights worked out once.

    Holds nothing that changes while items are dealt, so one serves all routers of its moment.
    """

    def __init__(self, policy: Policy, team: Team, now: datetime) -> None:
        self.policy = policy
        self.team = team
        self.zone = zone_named(team.company_calendar.zone)
        # Dates, weekdays and times of day in conditions are the company's.
        self.now = now.astimezone(self.zone)
        self.today = self.now.date()
        self.position = team.positions()
        self.level = [policy.ladder.get(rep.level) for rep in team.reps]
        self.fields: list[Mapping[str, Value]] = [
            rep_fields(rep, is_new=self._is_new(rep)) for rep in team.reps
        ]
        self.blank = Bindings(
            lead={},
            company={},
            rep=None,
            now=self.now,
            regions=policy.regions,
            clock=team.company_calendar,
            derived={},
        )
        self.away = [
            why_unavailable(rep, policy.parts.availability, team.calendar_of(rep), now)
            for rep in team.reps
        ]
        self.has_clock = policy.depends_on_now
        self.members = {name: self._members(name) for name in policy.groups}
        self.limits = tuple(
            limits_of(rep, policy.parts.capacity, self.windows_of(position))
            for position, rep in enumerate(team.reps)
        )
        # Who may take which items, by all that a rule asks about them (`Contests.step`).
        self.fields_by_step: dict[tuple[object, ...], Field] = {}
        self._weights: dict[tuple[str | None, ItemKind, str], tuple[Candidate, ...]] = {}
        self._misfits: dict[tuple[str, Value], frozenset[int]] = {}

    def at(self, now: datetime) -> "Roster":
        """The same people at a later moment: this roster's work is kept where it still holds.

        It does unless a condition asks for the time, the day is another, or somebody's leave or
        working hours began or ended meanwhile.
        """
        local = now.astimezone(self.zone)
        if self.has_clock or local.date() != self.today:
            return Roster(self.policy, self.team, now)
        away = [
            why_unavailable(rep, self.policy.parts.availability, self.team.calendar_of(rep), now)
            for rep in self.team.reps
        ]
        if away != self.away:
            return Roster(self.policy, self.team, now)
        return self.moved_to(now)

    def moved_to(self, now: datetime) -> "Roster":
        """This roster's work at another moment, at which the caller knows that it holds."""
        later = copy(self)
        later.now = now.astimezone(self.zone)
        later.blank = replace(self.blank, now=later.now)
        return later

    def for_lasting(self) -> "Roster":
        """The same people as receivers of work that is handed over by a plan and stays with them.

        The hour does not matter, and whoever is soon on leave takes nothing.
        """
        found = copy(self)
        section = self.policy.parts.availability
        found.away = [
            why_not_lasting(rep, section, self.team.calendar_of(rep), self.now)
            for rep in self.team.reps
        ]
        found.fields_by_step = {}
        return found

    def _is_new(self, rep: Rep) -> bool:
        level = self.policy.ladder.get(rep.level)
        return is_settling_in(rep, level.level if level else None, self.today)

    def _members(self, name: str) -> tuple[int, ...]:
        group = self.policy.groups[name]
        test = self.policy.group_tests[name]
        named = {rep.id for text in group.members if (rep := self.team.find(text)) is not None}
        return tuple(
            position
            for position, rep in enumerate(self.team.reps)
            if rep.is_active
            and (rep.id in named or (test is not None and test(self.seen_by(self.blank, position))))
        )

    def windows_of(self, position: int) -> tuple[WindowCap, ...]:
        """The window caps that hold for this person."""
        return tuple(
            cap
            for cap in self.policy.parts.capacity.windows
            if self.policy.test(cap.who)(self.seen_by(self.blank, position))
        )

    def seen_by(self, bindings: Bindings, position: int) -> Bindings:
        """The bindings with this person in them."""
        return replace(bindings, rep=self.fields[position])

    def weight(self, position: int, group: str | None, plan: Plan) -> Weight:
        """What this person's share is for this kind and grade, in this group."""
        rep = self.team.reps[position]
        base = base_weight(rep, plan.kind, plan.grade)
        for test, percent in self.policy.weight_tests.get(group or "", ()):
            if test(self.seen_by(plan.bindings, position)):
                base = percent
                break
        level = self.level[position]
        return effective_weight(
            rep, base=base, level=level.level if level else None, today=self.today
        )

    def weighed(self, group: str, plan: Plan) -> tuple[Candidate, ...]:
        """Everybody in the group as a candidate, whether or not he may take this item."""
        if self.policy.weight_tests.get(group):
            return self._weighed(group, plan)
        key = (group, plan.kind, plan.grade)
        if key not in self._weights:
            self._weights[key] = self._weighed(group, plan)
        return self._weights[key]

    def _weighed(self, group: str, plan: Plan) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(position, self.team.reps[position].id, self.weight(position, group, plan))
            for position in self.members[group]
        )

    def misfits(self, ready: ReadyRule, name: str, value: Value) -> frozenset[int]:
        """Everybody who does not cover this value of a field that the rule matches on."""
        key = (name, value)
        if key not in self._misfits:
            test = dict(ready.matches)[name]
            asked = replace(self.blank, lead={name: value})
            self._misfits[key] = frozenset(
                position
                for position in range(len(self.team.reps))
                if not test(self.seen_by(asked, position))
            )
        return self._misfits[key]


class Field:
    """Everybody in a rule's group for one item, sorted into those who may take it and the rest."""

    def __init__(
        self, roster: Roster, ready: ReadyRule, plan: Plan, stretched: frozenset[str]
    ) -> None:
        self._roster = roster
        self._ready = ready
        self._plan = plan
        self._stretched = stretched
        # Lines of receipts that were made of this field, by book and fits.
        self.encoded: dict[tuple[str, tuple[int, ...]], str] = {}
        self._takers = {
            name: level.takes(plan.bindings) for name, level in roster.policy.ladder.items()
        }
        self.candidates = self._candidates()

    def _candidates(self) -> tuple[Candidate, ...]:
        roster, ready, plan = self._roster, self._ready, self._plan
        assert ready.group is not None, "only rules that deal to a group have a field"
        lead = plan.bindings.lead
        misfits: set[int] = set()
        for name, _ in ready.matches:
            misfits |= roster.misfits(ready, name, lead.get(name))
        misfits |= {roster.position.get(who, -1) for who in plan.reading.gave_back}
        for bar in plan.reading.bars:
            free = {roster.position.get(who, -1) for who in bar.but}
            misfits |= set(roster.members[ready.group]) - free
        found = []
        for candidate in roster.weighed(ready.group, plan):
            position = candidate.position
            if position in misfits or candidate.weight.weight == 0 or roster.away[position]:
                continue
            if self._takers:
                mentor, why = self._level_verdict(position)
                if why is not None:
                    continue
                if mentor is not None:
                    candidate = replace(candidate, mentor_id=mentor)
            if not ready.admits_everybody and not ready.admits(
                roster.seen_by(plan.bindings, position)
            ):
                continue
            found.append(candidate)
        return tuple(found)

    @property
    def roster(self) -> Roster:
        """The people of this moment."""
        return self._roster

    @property
    def excluded_count(self) -> int:
        """How many of the group may not take the item."""
        return len(self._roster.members[self._ready.group or ""]) - len(self.candidates)

    @cached_property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Everybody in the group who may not take the item, with the first predicate against."""
        may = {candidate.position for candidate in self.candidates}
        return tuple(
            Exclusion(self._roster.team.reps[position].id, self.why_not(position))
            for position in self._roster.members[self._ready.group or ""]
            if position not in may
        )

    def why_not(self, position: int) -> Reason:
        """The first predicate against a member of the group who may not take the item."""
        why = next(self.against(position), None)
        assert why is not None, "whoever may not take an item is kept from it by something"
        return why

    def against(self, position: int) -> Iterator[Reason]:
        """Every predicate against a member of the group.

        Order: handed back before, the customer's peace, level, match, the rule's own condition,
        weight, being away.
        """
        roster = self._roster
        rep_id = roster.team.reps[position].id
        if rep_id in self._plan.reading.gave_back:
            yield reason("item.gave_back")
        barred = self._plan.reading.barred(rep_id)
        if barred is not None:
            yield barred
        level = self._level_verdict(position)[1] if self._takers else None
        if level is not None:
            yield level
        yield from self._match_verdicts(position)
        if roster.weight(position, self._ready.group, self._plan).weight == 0:
            yield reason("weight.zero")
        away = roster.away[position]
        if away is not None:
            yield away

    def _level_verdict(self, position: int) -> tuple[str | None, Reason | None]:
        """(mentor, None) if the level allows the item, (None, reason) if not."""
        roster, takers = self._roster, self._takers
        rep = roster.team.reps[position]
        if not rep.level:
            return None, None
        own = roster.level[position]
        if own is None:
            return None, reason("level.unknown", level=rep.level)
        if takers[rep.level]:
            return None, None
        ladder = roster.policy.ladder
        above = next((name for name, lv in ladder.items() if lv.rank == own.rank + 1), None)
        stretch = own.level.stretch
        if stretch is None or above is None or not takers[above]:
            return None, self._too_high(rep)
        if rep.level not in self._stretched:
            return None, self._too_high(rep)
        mentor = roster.team.find(rep.mentor_id) if rep.mentor_id else None
        has_mentor = mentor is not None and mentor is not rep and mentor.is_active
        if stretch.needs_mentor and not has_mentor:
            return None, reason("level.no_mentor", level=rep.level)
        return (mentor.id if mentor is not None and has_mentor else None), None

    def _too_high(self, rep: Rep) -> Reason:
        takers = tuple(name for name, takes in self._takers.items() if takes)
        return reason("level.does_not_take", level=rep.level, takers=takers)

    def _match_verdicts(self, position: int) -> Iterator[Reason]:
        roster, ready, plan = self._roster, self._ready, self._plan
        bindings = roster.seen_by(plan.bindings, position)
        for name, fits in ready.matches:
            if not fits(bindings):
                yield reason(
                    "match.differs",
                    field=name,
                    wanted=_shown(plan.bindings.lead.get(name)),
                    has=_shown(roster.fields[position].get(name)),
                )
        if ready.admits(bindings):
            return
        failure = first_failure(ready.rule.who, bindings, roster.policy.schema)
        assert failure is not None, "what does not admit has failed"
        # The first atom responsible names field, wanted and actual; the rest is for the asking.
        yield failure.reasons[0] if failure.reasons else reason("rule.never_admits")


def eligible(
    roster: Roster, ready: ReadyRule, plan: Plan, *, stretched: frozenset[str] = frozenset()
) -> Field:
    """Sort a rule's group into who may take the item and who may not.

    `stretched` names the levels whose people may reach one level up for this item.
    """
    return Field(roster, ready, plan, stretched)


def _shown(value: Value) -> Param:
    """A value of a field as a reason's parameter."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple):
        return tuple(value)
    return str(value)
