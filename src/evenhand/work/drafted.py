"""What a draft took over of what was measured: evidence for whoever approves it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.journal.models import Event


@dataclass(frozen=True, slots=True)
class Drafted:
    """Micro-points of a kind of work before and as measured, and from how many logs."""

    before: int
    after: int
    logs: int


def drafted_points(draft_id: int) -> Mapping[str, Drafted]:
    """Changes of points by their place in the rules, as a draft took them; the latest holds."""
    rows = Event.objects.filter(kind="workload.points_drafted", data__draft=draft_id)
    found: dict[str, Drafted] = {}
    for changes in rows.order_by("pk").values_list("data__changes", flat=True):
        for place, one in changes.items():
            before, after = one["points"]
            first = found[place].before if place in found else before
            found[place] = Drafted(first, after, one["logs"])
    return found
