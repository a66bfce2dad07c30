"""Somebody comes again: which of his leads counts, and what becomes of the new one.

Match first, then break ties, then decide. Which leads are of the same person is for who looked
them up to say; here the one that counts is chosen, the same whatever order they come in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evenhand.engine.matching.section import DuplicatesSection

# The nearer to a person, the sooner it counts; a closed lead only where none is open.
_PLACES = ("owned", "queued", "pooled")
CLOSED = "closed"


class Fate(StrEnum):
    """What becomes of a lead whose person may be known."""

    MERGED = "merged"  # said at the open lead, and no lead of its own
    ATTACHED = "attached"  # a lead of its own, for whoever has the other, at no cost
    RETURNED = "returned"  # the same, and the other was closed
    NEW = "new"  # dealt by the rules


@dataclass(frozen=True, slots=True)
class KnownLead:
    """A lead of the same person in the same line; `keys` says by what he was recognized."""

    id: int
    state: str  # owned, queued, pooled or closed
    owner: int | None  # of a closed one: who had it last
    keys: tuple[str, ...] = ()  # phone, email
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of the new lead, and the known lead that it rests on."""

    fate: Fate
    lead: KnownLead | None = None


NEW = Verdict(Fate.NEW)


def same_person(
    known: Iterable[KnownLead], section: DuplicatesSection, *, source: str, now: datetime
) -> Verdict:
    """Decide on a lead whose person has these leads.

    Of several open leads an owned one counts before one that waits, that before one in a pool,
    and the newest of those; of closed ones the one closed last.
    """
    choice, days = section.for_source(source)
    leads = list(known)
    chosen = max((one for one in leads if one.state in _PLACES), key=_order, default=None)
    if chosen is not None:
        if choice == "new":
            return NEW
        is_attached = choice == "attach" and chosen.owner is not None
        return Verdict(Fate.ATTACHED if is_attached else Fate.MERGED, chosen)
    since = now - timedelta(days=days)
    closed = [
        one
        for one in leads
        if one.closed_at is not None and one.owner is not None and one.closed_at > since
    ]
    last = max(closed, key=lambda one: (one.closed_at, one.id), default=None)
    return NEW if last is None or not days else Verdict(Fate.RETURNED, last)


def _order(lead: KnownLead) -> tuple[int, int]:
    return -_PLACES.index(lead.state), lead.id
