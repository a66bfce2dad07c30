"""How often somebody may call: per token or person.

General calls are counted in the database, so that the limit holds over all web processes. The
single intake would pay for that with a query per lead: its bucket lives in the process, and the
limit is that of one process times their number. A restart fills it; it cannot fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from time import monotonic

from django.conf import settings

from evenhand.api.errors import TOO_MANY, ApiError
from evenhand.people.actor import Actor
from evenhand.people.operations.pace import CALLS, CLAIMS, SEARCHES, Pace, TooFast, keep_pace

INTAKE_RATE = settings.INTAKE_PER_SECOND
INTAKE_BURST = 2 * INTAKE_RATE
_MOST_KEPT = 10_000


@dataclass(slots=True)
class ProcessBuckets:
    """Token buckets of this process, by caller."""

    rate: float  # a second
    burst: float
    clock: Callable[[], float] = monotonic
    _kept: dict[str, tuple[float, float]] = field(default_factory=dict)  # left, since when
    _lock: Lock = field(default_factory=Lock)

    def take(self, key: str) -> float:
        """Take one; 0.0, or the seconds until there is one again."""
        now = self.clock()
        with self._lock:
            left, at = self._kept.get(key, (self.burst, now))
            left = min(self.burst, left + (now - at) * self.rate)
            if left < 1:
                return (1 - left) / self.rate
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()  # everybody starts full: strangers cannot fill the memory
            self._kept[key] = (left - 1, now)
            return 0.0

    def forget(self) -> None:
        """Everybody starts full."""
        with self._lock:
            self._kept.clear()


INTAKE = ProcessBuckets(INTAKE_RATE, INTAKE_BURST)


def spend_intake(caller: str) -> None:
    """One lead of this caller through the single intake.

    :raises ApiError: 429, with the time to wait.
    """
    wait = INTAKE.take(caller)
    if wait:
        raise too_many(wait)


def spend_general(actor: Actor) -> None:
    """One call of anything else.

    :raises ApiError: 429, with the time to wait.
    """
    _keep(CALLS, actor)


def spend_claim(actor: Actor) -> None:
    """One claim, of one item or of many.

    :raises ApiError: 429, with the time to wait.
    """
    _keep(CLAIMS, actor)


def spend_search(actor: Actor) -> None:
    """One search by words.

    :raises ApiError: 429, with the time to wait.
    """
    _keep(SEARCHES, actor)


def _keep(pace: Pace, actor: Actor) -> None:
    try:
        keep_pace(pace, actor)
    except TooFast as error:
        raise too_many(error.seconds) from error


def too_many(wait: float) -> ApiError:
    """The refusal, with whole seconds until the next try."""
    seconds = max(1, ceil(wait))
    return ApiError(TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)
