"""A clerk in a process of his own: on two cores, he reads and writes while the dealer decides.

He is some sheaves ahead, so that neither waits for the other's every turn. The dealer takes in
what he sends as it comes, in a thread, so that never both wait to send. What goes wrong with the
clerk is raised at the dealer; whatever ends the dealer ends the clerk.
"""

import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any

from evenhand.cli.route.clerk import Clerk, Dealt, Desk, Sheaf
from evenhand.cli.unusable import Unusable
from evenhand.engine.reasons import reason
from evenhand.sheets.reading.rows import LeftOut

_AHEAD = 4  # sheaves on their way, the one being dealt included
_PATIENCE_SECONDS = 10
_CLOSE = "close"  # asks to close the files; it is answered

# Where a process can be copied, it need not import everything again. A copy is safe as long as no
# other thread of ours holds a lock, and there is no other thread.
START = "fork" if sys.platform == "linux" else "spawn"


class HelperLost(Unusable):
    """The second process has ended before its work was done: stopped, or out of memory."""

    def __init__(self, code: int | None) -> None:
        super().__init__(
            reason("route.helper_lost", code=code or 0),
            f"the second process ended ({code}); `--processes 1` does without it",
        )


class _Failure:
    """What went wrong with the clerk, on its way to the dealer."""

    def __init__(self, error: BaseException | None) -> None:
        """None = nothing was said: the process is gone."""
        self.error = error
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            self.error = RuntimeError("".join(traceback.format_exception(error)))


def cores() -> int:
    """How many processes can run at once for us."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class RemoteClerk:
    """A clerk, as `Clerk` is, in another process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._inbox: SimpleQueue[Any] = SimpleQueue()

    def __enter__(self) -> "RemoteClerk":
        context = get_context(START)
        self._line, far = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(self._desk, far, self._line), daemon=True
        )
        with warnings.catch_warnings():
            # Python cannot know that numpy's threads are asleep.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        far.close()
        self._taker = Thread(target=self._take_in, daemon=True)
        self._taker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._send(_CLOSE)
                while self._receive() != _CLOSE:
                    pass  # what he had read ahead
        finally:
            if self._process.exitcode is None and error is not None:
                self._process.terminate()
            self._process.join(_PATIENCE_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._taker.join()
            self._line.close()

    def sheaf(self) -> Sheaf | None:
        """The next rows; None = there are no more.

        :raises UnreadableSheet: a row cannot be read.
        :raises HelperLost: the process has ended.
        """
        found: Sheaf | None = self._receive()
        return found

    def put(self, dealt: Dealt) -> None:
        """Have written what became of the oldest sheaf.

        :raises OSError: the disk refused.
        :raises HelperLost: the process has ended.
        """
        self._send(dealt)

    def finish(self, receipts: Sequence[str]) -> list[LeftOut]:
        """Have the last lines of the receipts written; returns the rows that were not handed over.

        :raises OSError: the disk refused.
        :raises HelperLost: the process has ended.
        """
        self._send(tuple(receipts))
        while not isinstance(found := self._receive(), list):
            pass  # he sends that there are no more sheaves for each that he was ahead
        return found

    def _take_in(self) -> None:
        while True:
            try:
                found = self._line.recv()
            except (EOFError, OSError):
                found = _Failure(None)
            self._inbox.put(found)
            if found == _CLOSE or isinstance(found, _Failure):
                return

    def _receive(self) -> Any:
        found = self._inbox.get()
        if isinstance(found, _Failure):
            self._inbox.put(found)  # whoever asks again hears it again
            raise found.error or self._lost()
        return found

    def _send(self, message: object) -> None:
        try:
            self._line.send(message)
        except OSError:
            # He has ended, and may have said why.
            while True:
                self._receive()

    def _lost(self) -> HelperLost:
        self._process.join(_PATIENCE_SECONDS)
        return HelperLost(self._process.exitcode)


def _serve(desk: Desk, line: Connection, dealer: Connection) -> None:
    """The clerk's process: works until he is told to close the files, or nobody listens."""
    dealer.close()
    # Ctrl-C reaches both; the dealer says so, and ends this process too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        try:
            with Clerk(desk, packs=True) as clerk:
                _work(clerk, line)
            line.send(_CLOSE)
        except (EOFError, ConnectionError):
            raise
        except BaseException as error:
            error.add_note(f"in the second process:\n{''.join(traceback.format_exception(error))}")
            line.send(_Failure(error))


def _work(clerk: Clerk, line: Connection) -> None:
    for _ in range(_AHEAD):
        line.send(clerk.sheaf())
    while (message := line.recv()) != _CLOSE:
        if isinstance(message, Dealt):
            clerk.put(message)
            line.send(clerk.sheaf())
        else:
            line.send(clerk.finish(message))
