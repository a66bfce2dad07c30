"""How much people carry, and how much they may carry by the rules of a line."""

from dataclasses import dataclass

from django.db import transaction

from evenhand.leads.models import Load
from evenhand.policies.live import NoSuchLine
from evenhand.routing.world import roster_for, world_of


@dataclass(frozen=True, slots=True)
class Carried:
    """Open items and points (micro-points) of somebody, and the most of them; None = no limit."""

    count: int = 0
    points: int = 0
    most_count: int | None = None
    most_points: int | None = None

    @property
    def share(self) -> int | None:
        """How full he is by the tighter of his limits, in percent; None where nothing limits."""
        parts = [
            100 * has // most if most else 100
            for has, most in ((self.count, self.most_count), (self.points, self.most_points))
            if most is not None
        ]
        return max(parts, default=None)


def carried(line_key: str = "") -> dict[int, Carried]:
    """What everybody at work carries, against the limits of a line ("" = the default one)."""
    rows = {row.pk: row for row in Load.objects.all()}
    limits = {}
    try:
        with transaction.atomic():
            world = world_of(line_key)
        roster = roster_for(world)
        limits = dict(zip((rep.id for rep in world.people.team.reps), roster.limits, strict=True))
    except NoSuchLine:
        pass
    found = {}
    for rep_id in {*rows, *(int(one) for one in limits)}:
        row, limit = rows.get(rep_id), limits.get(str(rep_id))
        found[rep_id] = Carried(
            count=0 if row is None else row.open_count,
            points=0 if row is None else row.open_points,
            most_count=None if limit is None else limit.open_items,
            most_points=None if limit is None else limit.open_points,
        )
    return found
