"""Balances of a group over time as a chart: the same figures as in the table below it."""

from collections.abc import Sequence
from typing import Any

from evenhand.fairness.figures import Day
from evenhand.fairness.queries import GroupPage, Row
from evenhand.wording.catalogue import Words

_MICRO = 1_000_000
# A bound this many times further out than any balance would press all of them into one line.
_FAR = 4


def chart_of(
    page: GroupPage, by_day: Sequence[Day], chosen: Row | None, words: Words
) -> dict[str, Any]:
    """What static/web/charts.js draws; amounts in points."""
    lines = [
        {
            "name": words.text("web-fairness-most-owed"),
            "values": [_points(one.most_owed) for one in by_day],
            "tone": "owed",
        },
        {
            "name": words.text("web-fairness-most-ahead"),
            "values": [_points(-one.most_ahead) for one in by_day],
            "tone": "ahead",
        },
    ]
    if chosen is not None and chosen.id is not None:
        place = int(page.figures.members.searchsorted(chosen.id))
        values = [_points(int(one)) for one in page.figures.balances[:, place]]
        lines.append({"name": chosen.name, "values": values, "tone": "own"})
    unit = "unit-work" if page.group.kind == "work" else "unit"
    return {
        "days": [one.day.isoformat() for one in by_day],
        "lines": lines,
        "bounds": _bounds(page, by_day, words),
        "unit": words.text(f"web-fairness-{unit}"),
    }


def _bounds(page: GroupPage, by_day: Sequence[Day], words: Words) -> list[dict[str, Any]]:
    furthest = max((max(one.most_owed, one.most_ahead) for one in by_day), default=0)
    bounds = []
    if page.target is not None and page.target.most_points is not None and not page.grade:
        limit = page.target.most_points
        bounds.append(
            {
                "name": words.text("web-fairness-target"),
                "value": _points(limit),
                "tone": "target",
                "is_on": limit <= _FAR * max(furthest, 1),
            }
        )
    if not page.grade:
        bounds.append(
            {
                "name": words.text("web-fairness-bound"),
                "value": _points(page.figures.bound),
                "tone": "bound",
                "is_on": page.figures.bound <= _FAR * max(furthest, 1),
            }
        )
    return bounds


def _points(micro_points: int) -> float:
    return round(micro_points / _MICRO, 2)
