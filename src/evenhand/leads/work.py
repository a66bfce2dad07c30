"""The settled choices of daily work: channels, outcomes, evidence, reasons why a lead is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.leads.models import Direction

NOTE = "note"

# Channel → outcomes → who turned to whom. The first outcome is the one hoped for.
OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "call": {
        "reached": Direction.BOTH,
        "no_answer": Direction.OUT,
        "wrong_number": Direction.OUT,
    },
    "wechat": {"replied": Direction.BOTH, "sent": Direction.OUT},
    "mail": {"replied": Direction.BOTH, "sent": Direction.OUT},
    "visit": {"met": Direction.BOTH, "absent": Direction.OUT},
    "meeting": {"met": Direction.BOTH},
    NOTE: {"noted": Direction.NONE},
}

SAID = "said"
# What shows that a contact took place, beyond the word of who logs it.
EVIDENCE = (SAID, "call_record", "reply", "photo")

# Why a lead or an opportunity is lost.
LOSSES = (
    "no_need",
    "no_budget",
    "competitor",
    "no_decision",
    "unreachable",
    "not_a_customer",
    "other",
)


@dataclass(frozen=True, slots=True)
class Contacted:
    """What a channel and an outcome amount to."""

    direction: str
    is_contact: bool  # somebody turned to the customer or heard from him
    is_two_way: bool


def contacted(channel: str, outcome: str) -> Contacted:
    """What two taps amount to.

    :raises KeyError: no such channel, or no such outcome of it.
    """
    direction = OUTCOMES[channel][outcome]
    two_way = direction in (Direction.BOTH, Direction.IN)
    return Contacted(str(direction), direction != Direction.NONE, two_way)
