"""How a lead's region is known, in words: one line, and the evidence behind it."""

from dataclasses import dataclass

from evenhand.engine.reasons import reason_from_json
from evenhand.leads.models import Lead
from evenhand.sheets.regions.hints import Confidence
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

# What only a number said is less than what somebody wrote.
_BASES = ("region", "address", "country", "province", "postcode", "phone")


@dataclass(frozen=True, slots=True)
class RegionTold:
    """A line such as "按手机号段推断，很可能", and a sentence for each piece of evidence."""

    line: str
    evidence: tuple[str, ...]


def region_told(lead: Lead, words: Words) -> RegionTold | None:
    """How the region is known; None where it is just what was given."""
    told = lead.region_evidence
    if not told:
        return None
    sentences = tuple(say(words, reason_from_json(one)) for one in told)
    if lead.region_confidence == Confidence.UNKNOWN:
        return RegionTold(words.text("web-leads-region-as-given"), sentences)
    confidence = words.text(f"region-confidence-{lead.region_confidence}")
    line = words.text("web-leads-region-known", basis=_basis(told), confidence=confidence)
    return RegionTold(line, sentences)


def _basis(told: list[dict[str, str]]) -> str:
    """The hint that counts for most among those that said something."""
    hints = {
        one["hint"]
        for one in told
        if "hint" in one and one["code"] not in ("region.not_understood", "region.number_elsewhere")
    }
    return next((hint for hint in _BASES if hint in hints), "region")
