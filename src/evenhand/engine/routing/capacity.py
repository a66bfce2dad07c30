"""How much everybody carries, who is full, and by which limit.

Limits: open items, open points, and items or points per window (fixed or rolling, stacked).
Manual moves may take people over a limit; dealing never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from evenhand.engine.facts import NO_LOAD, Load, Rep
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.section import CapacitySection, WindowCap

_ROLLING = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """One person's limits; None = no limit. Points in micro-points."""

    open_items: int | None = None
    open_points: int | None = None
    windows: tuple[WindowCap, ...] = ()

    @property
    def is_unlimited(self) -> bool:
        """Whether nothing can ever make this person full."""
        return are_unlimited((self,))


def are_unlimited(limits: Iterable[Limits]) -> bool:
    """Whether nothing can ever make any of these full; a thousand people at every dealing."""
    for one in limits:
        if one.open_items is not None or one.open_points is not None or one.windows:
            return False
    return True


def limits_of(rep: Rep, section: CapacitySection, windows: tuple[WindowCap, ...]) -> Limits:
    """The limits that hold for one person: his own, else his level's, else the general ones."""
    level = next((entry for entry in section.by_level if entry.level == rep.level), None)
    items = section.open_items if level is None else level.open_items
    points = section.open_points if level is None else level.open_points
    return Limits(
        open_items=items if rep.capacity is None else rep.capacity,
        open_points=points,
        windows=windows,
    )


def window_start(cap: WindowCap, now: datetime, zone: tzinfo) -> datetime:
    """The first instant that counts for this window, in UTC.

    Fixed windows follow the company's clock. A rolling one leaves out what is exactly as old as
    the window: whoever deals every day at nine finds yesterday's items outside a day.
    """
    if cap.kind == "rolling":
        return now.astimezone(UTC) - _ROLLING[cap.per] + datetime.resolution
    local = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    if cap.per != "hour":
        # fold=0: the day begins with the first midnight where the clock is set back over it.
        local = local.replace(hour=0, fold=0)
    if cap.per == "week":
        local -= timedelta(days=local.weekday())
    if cap.per == "month":
        local = local.replace(day=1)
    return local.astimezone(UTC)


class Loads:
    """What everybody carries, kept up to date while items are dealt at one moment."""

    def __init__(
        self,
        reps: Sequence[Rep],
        limits: Sequence[Limits],
        loads: Mapping[str, Load],
        *,
        now: datetime,
        zone: tzinfo,
    ) -> None:
        self.limits = tuple(limits)
        carried = [loads.get(rep.id, NO_LOAD) for rep in reps]
        self.open_count = [load.open_count for load in carried]
        self.open_points = [load.open_points for load in carried]
        self.received: list[list[tuple[datetime, int]]] = [list(load.received) for load in carried]
        self.has_limits = not are_unlimited(self.limits)
        self.keeps_history = bool([limit for limit in self.limits if limit.windows])
        self.zone = zone
        self._full: dict[int, frozenset[int]] = {}
        # Per person, aligned with his windows: items and points received in each.
        self._used: list[list[tuple[int, int]]] = []
        self.move_to(now)

    def move_to(self, now: datetime) -> None:
        """Change the moment of dealing: windows are counted anew."""
        # In UTC, so that what is stored does not depend on the zone in which `now` was given.
        self.now = now.astimezone(UTC)
        self._full.clear()
        self._used = [
            [self._counted(cap, position) for cap in limit.windows] if limit.windows else []
            for position, limit in enumerate(self.limits)
        ]

    def _counted(self, cap: WindowCap, position: int) -> tuple[int, int]:
        since = window_start(cap, self.now, self.zone)
        points = [p for at, p in self.received[position] if since <= at <= self.now]
        return len(points), sum(points)

    def full(self, points: int) -> frozenset[int]:
        """Positions of everybody who cannot take an item of these micro-points now."""
        known = self._full.get(points)
        if known is None:
            known = frozenset(
                position
                for position in range(len(self.limits))
                if self.why_full(position, points) is not None
            )
            self._full[points] = known
        return known

    def why_full(self, position: int, points: int) -> Reason | None:
        """The first limit that one more item of these points would break, with its value."""
        limit = self.limits[position]
        if limit.open_items is not None and self.open_count[position] >= limit.open_items:
            return reason(
                "capacity.open_items", open=self.open_count[position], limit=limit.open_items
            )
        if (
            limit.open_points is not None
            and self.open_points[position] + points > limit.open_points
        ):
            return reason(
                "capacity.open_points",
                open=self.open_points[position],
                points=points,
                limit=limit.open_points,
            )
        return self._over_window(position, points)

    def _over_window(self, position: int, points: int) -> Reason | None:
        windows = self.limits[position].windows
        for cap, (items, used) in zip(windows, self._used[position], strict=True):
            if cap.items is not None and items >= cap.items:
                return reason(
                    "capacity.window_items",
                    cap=cap.cap,
                    per=cap.per,
                    kind=cap.kind,
                    received=items,
                    limit=cap.items,
                )
            if cap.points is not None and used + points > cap.points:
                return reason(
                    "capacity.window_points",
                    cap=cap.cap,
                    per=cap.per,
                    kind=cap.kind,
                    received=used,
                    points=points,
                    limit=cap.points,
                )
        return None

    def room_millionths(self, position: int) -> int:
        """How much of the open-item capacity is free, out of a million; no limit = all of it."""
        limit = self.limits[position].open_items
        if limit is None:
            return 1_000_000
        free = max(0, limit - self.open_count[position])
        return 1_000_000 * free // limit if limit else 0

    def room_items(self, position: int, points: int) -> int | None:
        """How many more items of these micro-points this person can take; None = no limit."""
        limit = self.limits[position]
        rooms = []
        if limit.open_items is not None:
            rooms.append(limit.open_items - self.open_count[position])
        for cap, (items, _) in zip(limit.windows, self._used[position], strict=True):
            if cap.items is not None:
                rooms.append(cap.items - items)
        in_points = self.room_points(position)
        if in_points is not None and points:
            rooms.append(in_points // points)
        return max(0, min(rooms)) if rooms else None

    def room_points(self, position: int) -> int | None:
        """How many more micro-points this person can take, counts aside; None = no limit."""
        limit = self.limits[position]
        rooms = []
        if limit.open_points is not None:
            rooms.append(limit.open_points - self.open_points[position])
        for cap, (_, used) in zip(limit.windows, self._used[position], strict=True):
            if cap.points is not None:
                rooms.append(cap.points - used)
        return max(0, min(rooms)) if rooms else None

    def counts_items(self, position: int) -> bool:
        """Whether a limit of this person counts items rather than points."""
        limit = self.limits[position]
        return limit.open_items is not None or any(c.items is not None for c in limit.windows)

    def take(self, position: int, points: int) -> None:
        """One more item for this person, now."""
        self.open_count[position] += 1
        self.open_points[position] += points
        if self.keeps_history:
            self.received[position].append((self.now, points))
            self._used[position] = [
                (items + 1, used + points) for items, used in self._used[position]
            ]
        self._recheck(position)

    def give_back(self, position: int, points: int) -> None:
        """One open item less (voided, returned, handed on); windows keep what was received."""
        self.open_count[position] = max(0, self.open_count[position] - 1)
        self.open_points[position] = max(0, self.open_points[position] - points)
        self._recheck(position)

    def _recheck(self, position: int) -> None:
        if not self.has_limits or self.limits[position].is_unlimited:
            return
        for points, known in self._full.items():
            is_full = self.why_full(position, points) is not None
            if is_full != (position in known):
                self._full[points] = known ^ {position}

    def as_loads(self, ids: Sequence[str]) -> dict[str, Load]:
        """The loads as facts again, by person."""
        return {
            rep_id: Load(
                self.open_count[position],
                self.open_points[position],
                tuple(self.received[position]),
            )
            for position, rep_id in enumerate(ids)
        }
