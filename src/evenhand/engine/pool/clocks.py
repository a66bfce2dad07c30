"""The clocks over an item that somebody holds: when each runs out and what happens before.

due = min(start + at_most, max(start + after, evidence + extends)), in the time that the clock
counts. Evidence after the deadline comes too late where the clock takes the item away; where it
only tells somebody, the clock runs again from there. The clock of the next step counts from the day
for which one is agreed, where that is later. Granted extensions come on top, also of the
absolute end. A pure function of the rule and the facts. (reference: behaviours 8, 9)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.pool.counting import Counting, Stop
from evenhand.engine.pool.evidence import Proof
from evenhand.engine.pool.section import Clock, ClockRule, Reminder
from evenhand.engine.pool.spans import Span

MISSED = "missed"
RUNNING, MET, FROZEN = "running", "met", "frozen"
_TAKES_AWAY = frozenset({"reassign", "pool"})


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """What clocks ask of an item and of the time in which somebody holds it. All instants aware.

    `start` is when he got it, or when the rule was put over it, whichever is later. What has not
    happened is None. `proofs` are in order of time; `extensions` are those granted, by clock.
    """

    start: datetime
    calendar: Calendar
    stops: tuple[Stop, ...] = ()
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    agreed_for: datetime | None = None  # until when an agreed next step is to be done
    opportunity_at: datetime | None = None
    won_at: datetime | None = None
    stage: str = ""
    stage_at: datetime | None = None
    proofs: tuple[Proof, ...] = ()
    extensions: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """What a clock does at an instant: a reminder, or that it runs out."""

    clock: str
    step: str  # "warn:1d", "missed"
    at: datetime
    due_at: datetime
    terms: Clock
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """One clock: where it starts, its ends, what moved it, when it runs out."""

    terms: Clock
    state: str  # running, met, frozen
    start: datetime
    default_end: datetime | None = None
    absolute_end: datetime | None = None
    last_proof: datetime | None = None  # what moved the deadline, or would have
    agreed: datetime | None = None  # the next step that moved it
    due: datetime | None = None
    happenings: tuple[Happening, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For the page: what the countdown and its time line show."""
        moments = {
            "start": self.start,
            "default_end": self.default_end,
            "absolute_end": self.absolute_end,
            "proof": self.last_proof,
            "agreed": self.agreed,
            "due": self.due,
        }
        return {
            "clock": self.terms.clock,
            "state": self.state,
            "missed": list(self.terms.missed),
            **{name: at.isoformat() for name, at in moments.items() if at is not None},
        }


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks of an item under one rule; None = no rule holds."""

    rule: ClockRule | None = None
    running: tuple[Running, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """When the first of them runs out."""
        return min((one.due for one in self.running if one.due is not None), default=None)

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """All that is to happen, as things stand, in order of time."""
        every = (what for one in self.running for what in one.happenings)
        return tuple(sorted(every, key=lambda one: (one.at, one.step != MISSED)))

    def next_at(self, fired: Iterable[tuple[str, str, datetime]] = ()) -> datetime | None:
        """When something is to be done next, without what has been done (`key_of`)."""
        done = set(fired)
        return min((one.at for one in self.happenings if key_of(one) not in done), default=None)

    def due_now(
        self, now: datetime, fired: Iterable[tuple[str, str, datetime]] = ()
    ) -> tuple[Happening, ...]:
        """What is to be done by now and has not been."""
        done = set(fired)
        return tuple(one for one in self.happenings if one.at <= now and key_of(one) not in done)

    def as_json(self) -> dict[str, Any] | None:
        """For the page; None where no rule holds."""
        if self.rule is None:
            return None
        return {"rule": self.rule.rule, "clocks": [one.as_json() for one in self.running]}


NO_CLOCKS = Clocks()


def key_of(one: Happening) -> tuple[str, str, datetime]:
    """What makes a happening the same as one before: clock, step, and the deadline it is about."""
    return one.clock, one.step, one.due_at


def run(rule: ClockRule | None, facts: HeldFacts) -> Clocks:
    """Work out every clock of a rule."""
    if rule is None:
        return NO_CLOCKS
    counting = Counting.of(facts.calendar, facts.stops, rule.time)
    return Clocks(rule, tuple(_runnings(rule, facts, counting)))


def _runnings(rule: ClockRule, facts: HeldFacts, counting: Counting) -> Iterator[Running]:
    for terms in rule.clocks:
        if terms.clock == "stage" and facts.stage not in terms.stages:
            continue
        yield _running(terms, facts, counting)


def _running(terms: Clock, facts: HeldFacts, counting: Counting) -> Running:
    start = facts.start
    if terms.clock == "stage" and facts.stage_at is not None:
        start = max(start, facts.stage_at)
    extra = facts.extensions.get(terms.clock, ())
    agreed = facts.agreed_for if terms.clock == "next_step" else None
    ends = _ends(terms, start, facts.proofs, agreed, counting, extra)
    default_end, absolute_end, proof, due = ends
    found = Running(terms, FROZEN, start, default_end, absolute_end, proof, agreed)
    met_at = _met_at(terms, facts)
    if met_at is not None and (due is None or met_at <= due or not takes_away(terms)):
        return replace(found, state=MET)
    if due is None:
        return found
    happenings = tuple(_happenings(terms, start, due, counting))
    return replace(found, state=RUNNING, due=due, happenings=happenings)


_Ends = tuple[datetime | None, datetime | None, datetime | None, datetime | None]


def _ends(
    terms: Clock,
    start: datetime,
    proofs: tuple[Proof, ...],
    agreed: datetime | None,
    counting: Counting,
    extra: tuple[Span, ...],
) -> _Ends:
    """Default end, absolute end, the last evidence that counted, and the deadline."""

    def extended(at: datetime | None) -> datetime | None:
        for span in extra:
            at = None if at is None else counting.after(at, span)
        return at

    default_end = counting.after(start, terms.after)
    last_end = None if terms.at_most is None else counting.after(start, terms.at_most)
    # The clock of the next step runs from the last evidence, whatever else evidence is worth.
    extends = terms.after if terms.clock == "next_step" else terms.extends
    due, last = default_end, None
    if last_end is not None and due is not None:
        due = min(due, last_end)
    for proof in proofs if extends is not None else ():
        if proof.at < start:
            continue
        limit = extended(due)
        if limit is not None and proof.at > limit and takes_away(terms):
            break  # it had run out
        assert extends is not None, "only clocks that evidence moves come here"
        moved = counting.after(proof.at, _part(extends, proof.percent, counting))
        if moved is not None and last_end is not None:
            moved = min(moved, last_end)
        last = proof.at
        due = None if due is None or moved is None else max(due, moved)
    if agreed is not None and agreed > start:
        moved = counting.after(agreed, terms.after)
        if moved is not None and last_end is not None:
            moved = min(moved, last_end)
        due = None if due is None or moved is None else max(due, moved)
    return default_end, last_end, last, extended(due)


def _part(span: Span, percent: int, counting: Counting) -> Span:
    """So many percent of a span, to the minute; days are split as far as they are whole."""
    if percent == 100:
        return span
    days, rest = divmod(span.days * percent, 100)
    return Span(days, span.minutes * percent // 100 + rest * counting.day_minutes // 100)


def _met_at(terms: Clock, facts: HeldFacts) -> datetime | None:
    match terms.clock:
        case "accept":
            return facts.accepted_at or facts.contacted_at
        case "first_contact":
            return facts.contacted_at
        case "no_opportunity":
            return facts.opportunity_at or facts.won_at
        case "no_deal":
            return facts.won_at
        case _:
            return None


def takes_away(terms: Clock) -> bool:
    """Whether the owner loses the item when this clock runs out."""
    return not _TAKES_AWAY.isdisjoint(terms.missed)


def _happenings(
    terms: Clock, start: datetime, due: datetime, counting: Counting
) -> Iterator[Happening]:
    for one in terms.warn:
        at = counting.before(due, one.left, start=start)
        if at is not None and at < due:
            yield Happening(terms.clock, f"warn:{one.left}"[:24], at, due, terms, one)
    yield Happening(terms.clock, MISSED, due, due, terms)
