"""Group commit: what many threads want at once is done together, by one thread of this process.

Each waits for its own answer; the one thread takes whatever waits, in order of arrival, and
commits once. Idle it adds no latency: what comes alone is a batch of one, done at once.
"""

import atexit
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, Full, Queue
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connection

log = logging.getLogger(__name__)

PATIENCE = 10  # seconds that whoever asks waits for his answer
_A_MOMENT = 0.0001  # seconds, for each of those who were answered just now

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Overloaded(Exception):
    """Too much waits already, or the thread does not answer: try again later."""


class Together(Generic[Asked, Answer]):
    """A queue and its thread, which starts with the first who asks.

    `settle` answers all who came together, in their order; an exception among the answers is for
    that one alone. One that it raises is taken as the fault of one of them: each is tried alone.
    """

    def __init__(
        self,
        name: str,
        settle: Callable[[Sequence[Asked]], Sequence[Answer | Exception]],
        *,
        most_together: int = 64,
        most_waiting: int = 1_000,
        patience: float = PATIENCE,
    ) -> None:
        self._name = name
        self._settle = settle
        self._most_together = most_together
        self._patience = patience
        # None asks the thread to end once everything before it is done.
        self._queue: Queue[tuple[Asked, Future[Answer]] | None] = Queue(maxsize=most_waiting)
        self._lock = Lock()
        self._thread: Thread | None = None
        # A server that is asked to stop finishes what it accepted.
        atexit.register(self.stop)

    def ask(self, asked: Asked) -> Answer:
        """Have something done together with what others ask for now; answers after the commit.

        :raises Overloaded: too much waits already, or the database fails.
        """
        future: Future[Answer] = Future()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        try:
            self._queue.put_nowait((asked, future))
            return future.result(timeout=self._patience)
        except (Full, TimeoutError):
            future.cancel()  # whoever is told to come again must not be served as well
            raise Overloaded from None

    def stop(self) -> None:
        """Finish what waits, then end the thread; whoever asks next starts another."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                self._queue.put(None)
                self._thread.join(timeout=PATIENCE)
            self._thread = None

    def _run(self) -> None:
        is_open = True
        waiting: list[tuple[Asked, Future[Answer]]] = []
        while is_open:
            waiting, is_open = self._gather(len(waiting))
            self._answer(waiting)
        connection.close()

    def _gather(self, last: int) -> tuple[list[tuple[Asked, "Future[Answer]"]], bool]:
        """Wait for one, and take whatever else waits; False = it is to end after them.

        Of those who were answered just now many ask again at once: for them it waits a moment,
        else each round would begin with the quickest of them alone.
        """
        waiting: list[tuple[Asked, Future[Answer]]] = []
        until = 0.0
        while len(waiting) < self._most_together:
            try:
                if not waiting:
                    one = self._queue.get()
                    until = monotonic() + last * _A_MOMENT
                elif len(waiting) < last and (left := until - monotonic()) > 0:
                    one = self._queue.get(timeout=left)
                else:
                    one = self._queue.get_nowait()
            except Empty:
                break
            if one is None:
                return waiting, False
            if one[1].set_running_or_notify_cancel():
                waiting.append(one)
        return waiting, True

    def _answer(self, waiting: Sequence[tuple[Asked, "Future[Answer]"]]) -> None:
        try:
            answers = self._settle([asked for asked, _ in waiting]) if waiting else ()
        except (OperationalError, InterfaceError) as error:
            log.warning("%s: the database failed: %s", self._name, error)
            close_old_connections()
            connection.close()
            for _, future in waiting:
                _fail(future, Overloaded())
        except Exception as error:  # the thread must outlive whatever one of them does
            if len(waiting) == 1:
                _fail(waiting[0][1], error)
                return
            # Something is wrong with one of them; the others must not fail for it.
            for one in waiting:
                self._answer([one])
        else:
            for (_, future), answer in zip(waiting, answers, strict=True):
                if isinstance(answer, Exception):
                    _fail(future, answer)
                elif not future.done():
                    future.set_result(answer)


def _fail(future: "Future[Answer]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
