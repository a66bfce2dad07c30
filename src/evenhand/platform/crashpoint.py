"""Named places where a drill can make the process die as if it were killed.

`EVENHAND_CRASH_AT=name` arms the first pass through a place, `name:3` the third. Nothing else
does: without the variable a crash point costs a look into the environment.
"""

import os
from collections import Counter

VARIABLE = "EVENHAND_CRASH_AT"
EXIT_CODE = 137  # what a shell reports after kill -9

# Every place there is, so that a drill can visit them all; in alphabetical order.
POINTS = frozenset(
    {
        "import.between_parts",
        "postgres.cluster_unnamed",
        "postgres.database_unnamed",
        "postgres.roles_unfinished",
    }
)

_passes: Counter[str] = Counter()


def crashpoint(name: str) -> None:
    """Die here, at once and without cleaning up, if the drill says so.

    :raises KeyError: no such place in POINTS.
    """
    if name not in POINTS:
        raise KeyError(name)
    armed, _, number = os.environ.get(VARIABLE, "").partition(":")
    if armed != name:
        return
    _passes[name] += 1
    if _passes[name] == int(number or 1):
        os._exit(EXIT_CODE)
