"""Answers that a process remembers for some minutes: for what may be told a little late."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The latest answers, which are never None, to questions of one kind.

    A question holds everything that its answer hangs on, whose reach it is included, so that who
    asks another question is never given this one's. Tests forget it, as the rows that an answer
    was read from are gone with their database: see `tests.server.conftest.forget`.
    """

    def __init__(self, *, lasts: timedelta, most: int) -> None:
        """`lasts` is how old an answer may get, `most` how many are kept."""
        self.lasts = lasts
        self.most = most
        self._answers: OrderedDict[Hashable, tuple[datetime, T]] = OrderedDict()
        self._changing = Lock()

    def get(self, question: Hashable, ask: Callable[[], T], *, now: datetime) -> T:
        """The answer to a question, asked where none is remembered or it is too old.

        Several threads may ask at once; nobody waits for another one's answer.
        """
        found = self.latest(question, now=now)
        if found is None:
            found = ask()
            self.keep(question, found, now=now)
        return found

    def latest(self, question: Hashable, *, now: datetime) -> T | None:
        """The answer that is remembered, unless it is too old."""
        kept = self._answers.get(question)
        # A clock that was set back makes nothing last longer.
        if kept is None or not timedelta(0) <= now - kept[0] < self.lasts:
            return None
        return kept[1]

    def keep(self, question: Hashable, found: T, *, now: datetime) -> None:
        """Remember an answer; the oldest one makes room."""
        with self._changing:
            self._answers.pop(question, None)
            while len(self._answers) >= self.most:
                self._answers.popitem(last=False)
            self._answers[question] = now, found

    def forget(self) -> None:
        """Ask anew next time."""
        with self._changing:
            self._answers.clear()
