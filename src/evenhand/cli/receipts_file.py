"""A receipt file opened for a command: whatever is wrong with it is one sentence, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from evenhand.engine.routing.recall import UnknownItem
from evenhand.engine.routing.replay import UnreadableReceipts

_FIRST = '{"t":"run",'


@contextmanager
def receipt_lines(path: Path) -> Iterator[Iterator[str]]:
    """The lines of a receipt file, for a body that does nothing but read them.

    :raises UnreadableReceipts: not a receipt file, or damaged where the body read it.
    :raises OSError: the file cannot be read.
    """
    # Bytes that are no text make a line that is not understood, or differs; not a failure here.
    with path.open(encoding="utf-8", errors="replace") as file:
        first = file.readline()
        if not first.startswith(_FIRST):
            raise UnreadableReceipts(1, "no run line: this is not a receipt file")
        try:
            yield chain((first,), file)
        except (UnreadableReceipts, UnknownItem):
            raise
        except Exception as error:
            # Whatever a damaged line makes fail, and where: the file comes from outside.
            raise UnreadableReceipts(0, f"{type(error).__name__}: {error}") from error
