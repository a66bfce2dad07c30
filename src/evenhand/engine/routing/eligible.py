"""Who may take an item under a rule and, for everyone who may not, the predicate that said so.

Only what does not change while items are dealt at one moment stands here: being active, level,
match, weight, leave. Who is full changes with every item and is `capacity`'s business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.conditions import Bindings, first_failure
from evenhand.engine.facts import Rep, Value
from evenhand.engine.reasons import Param, Reason, reason
from evenhand.engine.routing.availability import why_unavailable
from evenhand.engine.routing.plan import Plan
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.section import WindowCap
from evenhand.engine.routing.team import Team, rep_fields
from evenhand.engine.routing.weights import Weight, base_weight, effective_weight


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


@dataclass(frozen=True, slots=True)
class Field:
    """Everybody in a group, sorted into those who may take an item and those who may not."""

    candidates: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...]


class Roster:
    """A team under one policy at one moment: availability, groups and weights worked out once."""

    def __init__(self, policy: Policy, team: Team, now: datetime) -> None:
        self.policy = policy
        self.team = team
        self.now = now
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
        self.members = {name: self._members(name) for name in policy.groups}

    def _is_new(self, rep: Rep) -> bool:
        level = self.policy.ladder.get(rep.level)
        ramp = level.level.ramp if level else None
        if ramp is None or rep.joined_on is None:
            return False
        return (self.today - rep.joined_on).days < ramp.days

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


def eligible(
    roster: Roster, ready: ReadyRule, plan: Plan, *, stretched: frozenset[str] = frozenset()
) -> Field:
    """Sort a rule's group into who may take the item and who may not.

    `stretched` names the levels whose people may reach one level up for this item.
    """
    assert ready.group is not None, "only rules that deal to a group have a field"
    takers = _levels_that_take(roster.policy, plan)
    candidates: list[Candidate] = []
    excluded: list[Exclusion] = []
    for position in roster.members[ready.group]:
        rep = roster.team.reps[position]
        weight = roster.weight(position, ready.group, plan)
        mentor, why = _level_verdict(roster, position, takers, stretched)
        why = why or _match_verdict(roster, position, ready, plan)
        if why is None and weight.weight == 0:
            why = reason("weight.zero")
        why = why or roster.away[position]
        if why is None:
            candidates.append(Candidate(position, rep.id, weight, mentor))
        else:
            excluded.append(Exclusion(rep.id, why))
    return Field(tuple(candidates), tuple(excluded))


def _levels_that_take(policy: Policy, plan: Plan) -> dict[str, bool]:
    return {name: level.takes(plan.bindings) for name, level in policy.ladder.items()}


def _level_verdict(
    roster: Roster, position: int, takers: Mapping[str, bool], stretched: frozenset[str]
) -> tuple[str | None, Reason | None]:
    """(mentor, None) if the level allows the item, (None, reason) if not."""
    rep = roster.team.reps[position]
    if not takers or not rep.level:
        return None, None
    own = roster.level[position]
    if own is None:
        return None, reason("level.unknown", level=rep.level)
    if takers[rep.level]:
        return None, None
    refusal = reason(
        "level.does_not_take",
        level=rep.level,
        takers=tuple(name for name, takes in takers.items() if takes),
    )
    above = next((n for n, lv in roster.policy.ladder.items() if lv.rank == own.rank + 1), None)
    stretch = own.level.stretch
    if stretch is None or above is None or not takers[above] or rep.level not in stretched:
        return None, refusal
    mentor = roster.team.find(rep.mentor_id) if rep.mentor_id else None
    if stretch.needs_mentor and (mentor is None or not mentor.is_active):
        return None, reason("level.no_mentor", level=rep.level)
    return (mentor.id if mentor is not None and mentor.is_active else None), None


def _match_verdict(roster: Roster, position: int, ready: ReadyRule, plan: Plan) -> Reason | None:
    if not ready.matches and ready.admits_everybody:
        return None
    bindings = roster.seen_by(plan.bindings, position)
    for name, fits in ready.matches:
        if not fits(bindings):
            return reason(
                "match.differs",
                field=name,
                wanted=_words(plan.bindings.lead.get(name)),
                has=_words(roster.fields[position].get(name)),
            )
    if not ready.admits(bindings):
        failure = first_failure(ready.rule.who, bindings, roster.policy.schema)
        assert failure is not None, "what does not admit has failed"
        # The first atom responsible names field, wanted and actual; the rest is for the asking.
        return failure.reasons[0] if failure.reasons else reason("rule.never_admits")
    return None


def _words(value: Value) -> Param:
    """A value of a field as a reason's parameter."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple):
        return tuple(value)
    return str(value)


def names_of(team: Team, positions: Sequence[int]) -> tuple[str, ...]:
    """The ids of the people at these positions."""
    return tuple(team.reps[position].id for position in positions)
