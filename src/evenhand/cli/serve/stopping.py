"""Signals that ask us to stop, as one exception, once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class StopAsked(KeyboardInterrupt):
    """Somebody asked us to stop; what is open is closed on the way out."""


@contextmanager
def stop_signals() -> Iterator[None]:
    """Within, the first SIGTERM, SIGINT or SIGHUP raises StopAsked in the main thread.

    Later ones do nothing: the way out is bounded, and must not be left half-way. A signal that was
    ignored when we were started (`nohup`) stays so.
    """
    is_asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_asked
        if not is_asked:
            is_asked = True
            raise StopAsked

    kept = {one: signal.getsignal(one) for one in _SIGNALS}
    for one, before in kept.items():
        if before is not signal.SIG_IGN:
            signal.signal(one, ask)
    try:
        yield
    finally:
        for one, before in kept.items():
            signal.signal(one, before)
