"""The rules of the simulated company, as published and as the slow way understands them."""

from typing import Any

from tests.engine.pool.minutes import Terms
from tests.server.routing.world import policy

POOL = "公海"
# An ordinary day of each calendar here has eight hours.
DAY, WHOLE_DAY = 8 * 60, 24 * 60
PER_DAY, HOLDING = 3, 8
EXTENSION = 8 * 60


def document(*, working: bool, longer: bool = False, is_on: bool = True) -> dict[str, Any]:
    """A policy with two rules of clocks; `longer` is its second version."""
    first_contact = "6h" if longer else "4h"
    quiet = "4d" if longer else "3d"
    return policy(
        pools=[
            {
                "pool": POOL,
                "group": "全体",
                "claim": {"per_day": PER_DAY, "holding_items": HOLDING, "cool_down": "2d"},
            }
        ],
        clocks={
            "rules": [
                {
                    "rule": "好线索",
                    "extension": {"by": "8h", "cost_percent": 10},
                    "when": "lead.grade = A",
                    "time": "working" if working else "real",
                    "clocks": [
                        {
                            "clock": "first_contact",
                            "after": first_contact,
                            "warn": [{"left": "1h"}],
                            "missed": ["warn_manager", "reassign"],
                        },
                        {
                            "clock": "untouched",
                            "after": quiet,
                            "extends": "8h",
                            "at_most": "9d",
                            "warn": [{"left": "2h"}],
                            "missed": ["pool"],
                        },
                    ],
                },
                {
                    "rule": "其余",
                    "extension": {"by": "8h", "cost_percent": 10},
                    "time": "working" if working else "real",
                    "clocks": [
                        {
                            "clock": "untouched",
                            "after": quiet,
                            "extends": "12h",
                            "at_most": "6d",
                            "warn": [{"left": "3h"}],
                            "missed": ["pool"],
                        }
                    ],
                    "is_on": is_on,
                },
            ],
            "locks": {"per_rep": 2, "at_most": "5d"},
            "most_hand_offs": 2,
        },
    )


def terms(grade: str, *, working: bool, longer: bool) -> tuple[str, tuple[Terms, ...]]:
    """The rule that holds for a lead of this grade, and its clocks in minutes."""
    day = DAY if working else WHOLE_DAY
    quiet = (4 if longer else 3) * day
    if grade == "A":
        first = Terms("first_contact", (6 if longer else 4) * 60, warn=(60,))
        return "好线索", (first, Terms("untouched", quiet, 8 * 60, 9 * day, warn=(120,)))
    return "其余", (Terms("untouched", quiet, 12 * 60, 6 * day, warn=(180,)),)
