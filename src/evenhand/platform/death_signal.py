"""Ties a child's life to ours: when this process dies, however it dies, the kernel tells the child.

Linux only; elsewhere a child that outlived us is found by whoever starts next.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from signal import Signals

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def tied_to_us(signal: Signals) -> Callable[[], None] | None:
    """What `Popen` takes as `preexec_fn`: the child gets `signal` at our death.

    It runs after the change of user, which would undo it. The kernel watches the thread that
    started the child, so start children from the main thread.
    """
    libc, parent = _LIBC, os.getpid()
    if libc is None:
        return None

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(signal))
        if os.getppid() != parent:  # died before the line above
            os._exit(1)

    return tie
