"""How much working time is left until something is due, and whether the clock runs now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar

# From here on a countdown asks for attention.
SOON = timedelta(minutes=30)
# A page that stood open for a day is read anew.
_LOOKED_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Countdown:
    """Working seconds until `due_at`, negative once it has passed.

    `is_running` says whether it is working time now; `changes_at` when that ends or begins (None =
    not within a day), so that a page can let the clock run without knowing the calendar.
    """

    due_at: datetime
    seconds: int
    is_running: bool
    changes_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether it was due before now."""
        return self.seconds < 0

    @property
    def is_soon(self) -> bool:
        """Whether little time is left."""
        return self.seconds < SOON.total_seconds()


def countdown(calendar: Calendar, now: datetime, due_at: datetime) -> Countdown:
    """The countdown of one person, by his calendar."""
    return Counting(now).until(due_at, calendar)


class Counting:
    """Countdowns at one moment: what each calendar says of that moment is asked once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        # By identity; the calendar is kept with it, so that no other one takes its number.
        self._standing: dict[int, tuple[Calendar, bool, datetime | None]] = {}

    def until(self, due_at: datetime, calendar: Calendar) -> Countdown:
        """The countdown of one person, by his calendar."""
        now = self._now
        try:
            if now <= due_at:
                seconds = int(calendar.elapsed(now, due_at).total_seconds())
            else:
                seconds = -max(1, int(calendar.elapsed(due_at, now).total_seconds()))
            _, is_running, changes_at = self._standing_of(calendar)
        except BeyondHorizon:
            return Countdown(due_at, int((due_at - now).total_seconds()), True, None)
        return Countdown(due_at, seconds, is_running, changes_at)

    def _standing_of(self, calendar: Calendar) -> tuple[Calendar, bool, datetime | None]:
        known = self._standing.get(id(calendar))
        if known is None:
            is_running = calendar.is_working(self._now)
            changes_at = (
                calendar.pause_after(self._now, within=_LOOKED_AHEAD)
                if is_running
                else calendar.next_open(self._now)
            )
            known = self._standing[id(calendar)] = calendar, is_running, changes_at
        return known
