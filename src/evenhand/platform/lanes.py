"""Who is served now, who waits for a place, and who is refused: lanes with bounds, in one process.

A queue without a bound makes everybody wait until nobody is there any more, and works for those who
left. Here few are served at once, few wait, and nobody for long. While a lane comes empty from time
to time, whoever waits may wait as long as people do; one that has not been empty for a while has
more to do than it can, and long waits would only be kept, not worked off (controlled delay).
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

# Seconds that somebody waits at most: usually, and where the lane has not been empty for so long.
PATIENCE, CROWDED_PATIENCE, CROWDED_AFTER = 2.0, 0.25, 2.0
# Who is refused comes again after 1 to 3 seconds in turn, so that not all come at the same moment.
_SPREAD_SECONDS = 3


class Busy(Exception):
    """No place now nor soon: come again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a lane has seen so far, and sees now."""

    under_way: int
    waiting: int
    served: int  # since the start of the process, those under way included
    refused: int
    waited_seconds: float  # all of those who were served, together


@dataclass(eq=False, slots=True)
class _Waiting:
    told: Event = field(default_factory=Event)
    is_called: bool = False


class Lane:
    """So many at once, so many waiting. While `yields_to` has work, half as many at once."""

    def __init__(
        self,
        at_once: int,
        most_waiting: int = 0,
        *,
        yields_to: "Lane | None" = None,
        patience: float = PATIENCE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._yields_to = yields_to
        self._patience = patience
        self._clock = clock
        self._lock = Lock()
        self._first: deque[_Waiting] = deque()
        self._others: deque[_Waiting] = deque()
        self._empty_at = clock()  # when nobody waited, the last time
        self._under_way = self._served = self._refused = 0
        self._waited_seconds = 0.0

    @contextmanager
    def place(self, *, is_first: bool = False) -> Iterator[None]:
        """Hold a place; `is_first` is called before all who are not, and takes their room.

        :raises Busy: there is none, and will be none soon.
        """
        self._enter(is_first)
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1
                self._call()

    def traffic(self) -> Traffic:
        """What the lane has seen so far."""
        with self._lock:
            return Traffic(
                self._under_way, self._waiting, self._served, self._refused, self._waited_seconds
            )

    @property
    def is_idle(self) -> bool:
        """Whether nobody is being served."""
        return self._under_way == 0

    @property
    def _waiting(self) -> int:
        return len(self._first) + len(self._others)

    def _enter(self, is_first: bool) -> None:
        came = self._clock()
        with self._lock:
            if not self._waiting:
                self._empty_at = came
                if self._under_way < self._room():
                    self._serve()
                    return
            if self._waiting >= self._most_waiting and not (is_first and self._send_one_away()):
                raise self._refusal()
            own = _Waiting()
            (self._first if is_first else self._others).append(own)
            seconds = self._patience
            if came - self._empty_at > CROWDED_AFTER:
                seconds = min(seconds, CROWDED_PATIENCE)
        own.told.wait(seconds)
        with self._lock:
            if not own.is_called:
                self._forget(own)
                raise self._refusal()
            self._waited_seconds += self._clock() - came

    def _room(self) -> int:
        yields = self._yields_to is not None and not self._yields_to.is_idle
        return max(1, self._at_once // 2) if yields else self._at_once

    def _serve(self) -> None:
        self._under_way += 1
        self._served += 1

    def _call(self) -> None:
        """Give the free places to those who wait, in their order."""
        while self._waiting and self._under_way < self._room():
            called = (self._first or self._others).popleft()
            called.is_called = True
            self._serve()
            called.told.set()
        if not self._waiting:
            self._empty_at = self._clock()

    def _send_one_away(self) -> bool:
        """The last of those who are not first is refused; False = there is none."""
        if not self._others:
            return False
        self._others.pop().told.set()
        return True

    def _forget(self, one: _Waiting) -> None:
        for line in (self._first, self._others):
            if one in line:
                line.remove(one)
        if not self._waiting:
            self._empty_at = self._clock()

    def _refusal(self) -> Busy:
        self._refused += 1
        return Busy(1 + self._refused % _SPREAD_SECONDS)
