"""How fast one may go on: claims, searches and exports, over pages, API and all processes.

Whoever goes faster waits, and the journal is told. Counted in the database: if it is away, nobody
claims, searches or exports.
"""

from dataclasses import dataclass

from evenhand.people.actor import Actor
from evenhand.people.operations.buckets import take
from evenhand.people.operations.incidents import note_limit
from evenhand.platform.refusal import TooOften


class TooFast(TooOften):
    """Whoever goes on too fast."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many a second, and so many at once."""

    name: str
    rate: float
    burst: int


CALLS = Pace("api", 20, 60)
CLAIMS = Pace("claim", 1, 5)
SEARCHES = Pace("search", 5, 15)
# What may leave in a day is counted in rows (exports.operations.ask); this stops programs.
EXPORTS = Pace("export", 1 / 60, 10)


def keep_pace(pace: Pace, actor: Actor) -> None:
    """Count one.

    :raises TooFast: it was one too many; nothing was counted.
    """
    wait = take(f"{pace.name}:{actor.caller}", pace.rate, pace.burst)
    if wait:
        note_limit(actor, pace.name)
        raise TooFast("pace.wait", wait)
