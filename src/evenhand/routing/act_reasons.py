"""The lists of reasons for acts by hand; their words are `act-reason-<act>-<reason>`."""

from collections.abc import Mapping

OTHER = "other"  # asks for a note

REASONS: Mapping[str, tuple[str, ...]] = {
    "assign": ("waiting", "expertise", "relationship", "language", OTHER),
    "transfer": ("leave", "overload", "expertise", "customer_wish", "conflict", OTHER),
    "return": ("wrong_region", "wrong_industry", "wrong_product", "language", "overload", OTHER),
    "void": ("duplicate", "invalid_contact", "spam", "test", "competitor", OTHER),
    "redeal": ("rules",),
    "plan": ("list",),
    "pool": ("no_answer", "no_demand", "not_now", "wrong_region", "overload", "tidying", OTHER),
    "extend": ("customer_asked", "visit_agreed", "quote_out", "tender"),
}

# What of its points the former owner gets back, in percent.
REFUNDS: Mapping[str, int] = {"transfer": 100, "return": 100}
