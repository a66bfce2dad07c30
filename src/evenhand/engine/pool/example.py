"""A clock worked through on an example: when follow-up moves its end, and when nothing does.

The same rule as for real items, due = min(start + at_most, max(start + after, last + extends)),
with days that all last the same: what the editor of rules draws while they are typed.
(reference: behaviours 8, "Protection algebra")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from evenhand.engine.pool.section import Clock

Effect = Literal["kept", "moved", "capped", "late"]


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
    steps: tuple[Step, ...]
    due: timedelta  # in the end
    reminders: tuple[timedelta, ...]  # before that end, from the first on


def work_through(clock: Clock, touches: Sequence[timedelta], day: timedelta) -> Worked:
    """The clock beside follow-ups at these times since its start, where a day lasts `day`."""
    usual = clock.after.lasting(day)
    latest = None if clock.at_most is None else clock.at_most.lasting(day)
    due = usual if latest is None else min(usual, latest)
    steps = []
    for at in sorted(touches):
        if at >= due:
            steps.append(Step(at, "late", due))
            continue
        if clock.extends is None:
            continue
        wanted = max(usual, at + clock.extends.lasting(day))
        ends = wanted if latest is None else min(wanted, latest)
        effect: Effect = "capped" if ends < wanted else "moved" if ends > due else "kept"
        due = max(due, ends)
        steps.append(Step(at, effect, due))
    reminders = (due - one.left.lasting(day) for one in clock.warn)
    shown = tuple(sorted(one for one in reminders if one > timedelta(0)))
    return Worked(clock, usual, latest, tuple(steps), due, shown)
