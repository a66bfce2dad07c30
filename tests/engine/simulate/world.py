"""A small policy and moment for tests of simulation."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


def document(strategy: str = "fair_share", **sections: Any) -> dict[str, Any]:
    """Everybody shares; A costs five points, B two."""
    return {
        "schema": 1,
        "grades": {
            "source": "field_only",
            "thresholds": [{"grade": "A"}, {"grade": "B"}],
            "ungraded": "B",
        },
        "points": {"base": {"A": 5, "B": 2}},
        "groups": [{"group": "all", "who": True}],
        "rules": [
            {
                "rule": "everything",
                "to": {"strategy": strategy, "group": "all"},
                "if_nobody": {"do": "wait"},
            }
        ],
        **sections,
    }
