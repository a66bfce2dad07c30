"""What proves that somebody follows up: two-way or verifiable, never a plain note.

(reference: behaviours 9, "G13 evidence-verified follow-up")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.pool.section import EvidenceKind, EvidenceTerms

SAID = "said"
_TWO_WAY = ("both", "in")
_KINDS: dict[str, EvidenceKind] = {
    "call": "call",
    "wechat": "reply",
    "mail": "reply",
    "meeting": "meeting",
    "visit": "visit",
    "stage": "stage",
    "document": "document",
}
USUAL_TERMS = (
    EvidenceTerms(evidence="call", least_seconds=30),
    EvidenceTerms(evidence="reply"),
    EvidenceTerms(evidence="meeting"),
    EvidenceTerms(evidence="visit"),
    EvidenceTerms(evidence="stage"),
    EvidenceTerms(evidence="document"),
)


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that happened with an item: a logged contact, a stage change, a document."""

    at: datetime
    channel: str  # call, wechat, mail, meeting, visit, note; or stage, document
    direction: str = "both"  # out, in, both, none
    evidence: str = SAID  # said, or what shows it beyond the word of who logs it
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a touch counts for: of which kind, and for how many percent of an extension."""

    at: datetime
    kind: EvidenceKind
    percent: int


def weigh(touch: Touch, terms: Sequence[EvidenceTerms] = ()) -> Proof | None:
    """What a touch proves by these terms (none = the usual ones); None = nothing."""
    kind = _KINDS.get(touch.channel)
    own = kind in ("stage", "document")  # the program saw these itself
    if kind is None or not (own or touch.direction in _TWO_WAY):
        return None
    for one in terms or USUAL_TERMS:
        if one.evidence != kind:
            continue
        if (
            one.least_seconds
            and touch.evidence != SAID
            and (touch.seconds or 0) < one.least_seconds
        ):
            return None
        percent = one.percent if own or touch.evidence != SAID else one.said_percent
        return Proof(touch.at, kind, percent) if percent else None
    return None
