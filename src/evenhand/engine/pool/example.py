"""A clock worked through on an example: when follow-up moves its end, and when nothing does.

The clocks themselves are asked (`clocks.run`), with days that all last the same: what the editor
of rules draws while they are typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.pool.clocks import HeldFacts, run, takes_away
from evenhand.engine.pool.evidence import Proof
from evenhand.engine.pool.section import Clock, ClockRule
from evenhand.engine.pool.spans import Span

Effect = Literal["kept", "moved", "capped", "late"]
_START = datetime(2026, 1, 1, tzinfo=UTC)
_OPEN = Calendar(zone="UTC")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Follow-up with proof at a time since the start: what it does, and when it is due then."""

    at: timedelta
    effect: Effect
    due: timedelta


@dataclass(frozen=True, slots=True)
class Worked:
    """One clock on the example; times since its start, `latest` None = without an end."""

    clock: Clock
    usual: timedelta
    latest: timedelta | None
    steps: tuple[Step, ...]  # none where follow-up moves nothing
    due: timedelta  # in the end
    reminders: tuple[timedelta, ...]  # before that end, from the first on


def work_through(clock: Clock, touches: Sequence[timedelta], day: timedelta) -> Worked:
    """The clock beside follow-ups at these times since its start, where a day lasts `day`."""
    flat = _flattened(clock, day)
    usual = flat.after.lasting(day)
    latest = None if flat.at_most is None else flat.at_most.lasting(day)
    due, reminders = _due(flat, ())
    steps = []
    moves = clock.extends is not None or clock.clock == "next_step"
    ordered = sorted(touches) if moves else []
    for k, at in enumerate(ordered, start=1):
        before = due
        due, reminders = _due(flat, ordered[:k])
        if at > before and takes_away(clock):
            effect: Effect = "late"
        elif due == before:
            effect = "kept" if latest is None or due < latest else "capped"
        else:
            effect = "capped" if due == latest else "moved"
        steps.append(Step(at, effect, due))
    return Worked(clock, usual, latest, tuple(steps), due, reminders)


def _due(clock: Clock, touches: Sequence[timedelta]) -> tuple[timedelta, tuple[timedelta, ...]]:
    """When it is due after these follow-ups, and the reminders before that."""
    proofs = tuple(Proof(_START + at, "call", 100) for at in touches)
    stage = clock.stages[0] if clock.stages else ""
    facts = HeldFacts(_START, _OPEN, proofs=proofs, stage=stage)
    found = run(ClockRule(rule="example", time="real", clocks=(clock,)), facts)
    due = found.due_at
    assert due is not None, "nothing stops an example"
    warned = [one.at - _START for one in found.happenings if one.reminder is not None]
    return due - _START, tuple(sorted(one for one in warned if one > timedelta(0)))


def _flattened(clock: Clock, day: timedelta) -> Clock:
    """The clock with its days written as minutes."""

    def flat(span: Span) -> Span:
        return Span(0, span.lasting(day) // _MINUTE)

    spans = {
        name: flat(span)
        for name in ("after", "extends", "at_most")
        if (span := getattr(clock, name)) is not None
    }
    warn = tuple(one.model_copy(update={"left": flat(one.left)}) for one in clock.warn)
    return clock.model_copy(update={**spans, "warn": warn})
