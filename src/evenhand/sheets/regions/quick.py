"""The region of leads as they come in: what was written, else what the numbers say; remembered.

A lead repeats what others said: the same city, a phone given out in the same place. What a text and
the place of a phone come to is worked out once and remembered, so that a lead costs microseconds.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.regions.abroad import country_of
from evenhand.sheets.regions.hints import SHOWN_MAX, Confidence, Hints
from evenhand.sheets.regions.phones import PhonePlace, place_of
from evenhand.sheets.regions.resolver import Resolver
from evenhand.sheets.values.regions import is_area, parse_region

LONGEST = 120  # characters of a region
_REMEMBERED = 16_384
# Stands in remembered evidence where the first digits of a phone belong.
_PREFIX = "\ue000"


@dataclass(frozen=True, slots=True)
class Located:
    """A region as rules read it; "" = nobody knows.

    `evidence` is a list of reasons as JSON, "" where the region is just what was written.
    """

    region: str
    confidence: str = ""  # one of `hints.Confidence`; "" = nothing was said
    evidence: str = ""


NOWHERE = Located("")


class Locator:
    """Finds regions by one resolver; make one per resolver and keep it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def locate(
        self,
        written: str,
        phone: str = "",
        *,
        address: str = "",
        postcode: str = "",
        country: str = "",
    ) -> Located:
        """The region of a lead; `phone` is a key of `values.phones` or of `leads.keys`.

        What is written as the region decides; a number helps only where the writing leaves several
        places open, or says nothing. Address and postcode count where no region is written. What
        is written but names no place we know stays as it is: it may be an area of the company's.
        """
        place = place_of(phone) if phone else None
        if place is None:
            if not (written or address or postcode):
                return NOWHERE
            return self._recall(written, address, postcode, country, "", "", "")
        # Area codes and numbers abroad are few, and the reading needs them as they are.
        is_mobile = place.country == "CN" and place.prefix[:1] == "1"
        found = self._recall(
            written,
            address,
            postcode,
            country,
            place.country,
            place.place,
            _PREFIX if is_mobile else place.prefix,
        )
        if not is_mobile or _PREFIX not in found.evidence:
            return found
        return Located(
            found.region, found.confidence, found.evidence.replace(_PREFIX, place.prefix)
        )

    def _recall(self, written: str, address: str, *more: str) -> Located:
        # Nobody has the address of another: it would only push out what is worth remembering.
        return (self._find if address else self._found)(written, address, *more)

    def _find(
        self,
        written: str,
        address: str,
        postcode: str,
        country: str,
        phone_country: str,
        phone_place: str,
        prefix: str,
    ) -> Located:
        phone = PhonePlace(phone_country, phone_place, prefix) if phone_country else None
        said = parse_region(written)
        as_written = said if isinstance(said, str) else ""
        if _is_path_abroad(as_written):
            return Located(as_written, Confidence.SURE.value)
        area, _, within = as_written.partition("/")
        if is_area(area):  # 华东/浙江: each company draws its areas, but 浙江 is known
            written = within
            if not within:
                return _located(as_written, Confidence.UNKNOWN, (_not_understood(as_written),))
        hints = Hints(region=written, country=country) if as_written else None
        if hints is not None:
            alone = self._resolver.resolve_with(hints, None)
            is_filler = not alone.evidence
            if alone.confidence is Confidence.UNKNOWN and not is_filler:
                return _located(as_written, alone.confidence, alone.evidence)
            if is_filler:
                hints = None
        if hints is None:
            hints = Hints(address=address, postcode=postcode, country=country)
        found = self._resolver.resolve_with(hints, phone)
        region = found.path or (as_written if hints.region else "")
        if found.path == written and found.confidence is Confidence.SURE:
            return Located(found.path, found.confidence.value)
        return _located(region, found.confidence, found.evidence)


def _not_understood(written: str) -> Reason:
    return reason("region.not_understood", hint="region", written=written[:SHOWN_MAX])


def _is_path_abroad(region: str) -> bool:
    """Whether it is written as we write places abroad: US/California, DE/Bayern."""
    first, slash, _ = region.partition("/")
    return bool(slash) and len(first) == 2 and country_of(first) == first != "CN"


def _located(region: str, confidence: Confidence, evidence: tuple[Reason, ...]) -> Located:
    told = [one.as_json() for one in evidence]
    return Located(
        region[:LONGEST],
        confidence.value if told or region else "",
        json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else "",
    )
