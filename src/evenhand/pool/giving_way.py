"""Sweeps step back while leads come in: whoever sends one waits for its owner, a clock can be late.

What is due after hours of standstill would else take a core and the database's other half just when
everybody comes back, and leads would be told to come again. They are seen in their table, so that
no process needs to tell another.
"""

from collections.abc import Callable
from time import monotonic, sleep

from evenhand.platform.prepared import send

# So many in the last second: programs send them, not people who type.
MANY = 20
# While they come, work takes one part of the time in five: a backlog takes five times as long, and
# goes on, so that no deadline waits for the end of the leads.
_RESTS = 4
_MOST_SECONDS = 2.0


def leads_come_in() -> bool:
    """Whether many single leads came within the last second; files that are imported do not count.

    One look at the newest rows, whatever the table holds.
    """
    ((count,),) = send(_NEWEST).rows()
    return int(count) >= MANY


_NEWEST = f"""
SELECT count(*) FROM (SELECT created_at, via FROM lead ORDER BY id DESC LIMIT {MANY}) AS newest
WHERE created_at > clock_timestamp() - interval '1 second' AND via <> 'import'
"""


class GivingWay:
    """Rests between portions of work, each as long as leads come in. For one run of a job."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = monotonic,
        rest: Callable[[float], None] = sleep,
    ) -> None:
        self._clock = clock
        self._rest = rest
        self._since = clock()

    def __call__(self) -> None:
        """A portion is done, and nothing is locked: rest four times as long as it took, at most two
        seconds, if leads come in."""
        took = self._clock() - self._since
        if leads_come_in():
            self._rest(min(_RESTS * took, _MOST_SECONDS))
        self._since = self._clock()
