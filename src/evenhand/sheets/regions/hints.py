"""The region of a lead from all that it says of a place, with the evidence for it.

What is written decides; numbers decide only among the places that the writing leaves open, or
where nothing is written. Evidence that contradicts is said, and nothing is guessed: then the
region is the smallest that holds all candidates, or none.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from evenhand.engine.reasons import Reason
from evenhand.sheets.values.phones import parse_phone

SHOWN_MAX = 60  # characters of a field that stand in the evidence


@dataclass(frozen=True, slots=True)
class Hints:
    """What a lead has that tells where it is, as written; "" for what it has not."""

    country: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    region: str = ""  # one field that holds a region as a whole: "浙江省-杭州市"
    address: str = ""
    postcode: str = ""
    phone: str = ""

    def any(self) -> bool:
        """Whether there is anything to go by."""
        return any(getattr(self, one.name) for one in fields(self))


class Confidence(StrEnum):
    """How far the region is known."""

    SURE = "sure"  # written, and nothing contradicts
    LIKELY = "likely"  # only a number says so, or a name in passing, or a number contradicts
    AMBIGUOUS = "ambiguous"  # several places; the path, if any, holds them all
    UNKNOWN = "unknown"  # nothing said where


@dataclass(frozen=True, slots=True)
class Place:
    """A place as rules read it, and its code: six digits in China, US-CA, DE elsewhere."""

    path: str
    code: str


NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a lead is.

    `sure` is the part of the path that is beyond doubt, `candidates` are the places it may be
    instead; `evidence` says which field said what, in the order in which it was weighed.
    """

    place: Place
    confidence: Confidence
    sure: Place = NOWHERE
    candidates: tuple[Place, ...] = ()
    evidence: tuple[Reason, ...] = ()

    @property
    def path(self) -> str:
        """The region as rules read it, or ""."""
        return self.place.path


def phone_key(written: str) -> str:
    """The number as `phones.place_of` wants it, or "" if it is none."""
    found = parse_phone(written)
    return found if isinstance(found, str) else ""
