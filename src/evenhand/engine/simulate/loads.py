"""What people carry while time goes on: windows move item by item, and closed items make room."""

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from evenhand.engine.facts import Rep
from evenhand.engine.routing.capacity import Limits, Loads, are_unlimited, window_start
from evenhand.engine.routing.section import WindowCap


class _Window:
    """What everybody received within one window, the oldest first."""

    def __init__(self, people: int) -> None:
        self.items = [0] * people
        self.points = [0] * people
        self.entries: deque[tuple[datetime, int, int]] = deque()

    def add(self, at: datetime, position: int, points: int) -> None:
        self.items[position] += 1
        self.points[position] += points
        self.entries.append((at, position, points))

    def forget_before(self, since: datetime) -> set[int]:
        """Drop what is older; returns whose."""
        touched = set()
        while self.entries and self.entries[0][0] < since:
            _, position, points = self.entries.popleft()
            self.items[position] -= 1
            self.points[position] -= points
            touched.add(position)
        return touched


class MovingLoads(Loads):
    """Loads that are carried from one moment to the next instead of being read anew."""

    def __init__(
        self,
        reps: Sequence[Rep],
        limits: Sequence[Limits],
        windows: Sequence[WindowCap],
        *,
        now: datetime,
        zone: tzinfo,
    ) -> None:
        self.windows = {cap: _Window(len(reps)) for cap in windows}
        self._given = limits
        super().__init__(reps, limits, {}, now=now, zone=zone)
        self.keeps_history = False  # kept here, by window

    def move_to(self, now: datetime) -> None:
        """Change the moment of dealing; see `pass_to` for whether somebody has room again."""
        self.pass_to(now)

    def pass_to(self, now: datetime) -> bool:
        """Let time go on; whether a window has let go of anything."""
        self.now = now.astimezone(UTC)
        if not self._used:
            self._count_anew()
        touched: set[int] = set()
        for cap, window in self.windows.items():
            if window.entries:
                touched |= window.forget_before(window_start(cap, self.now, self.zone))
        for position in touched:
            self._recount(position)
        return bool(touched)

    def limit(self, limits: Sequence[Limits]) -> None:
        """Other limits hold from now on."""
        if limits is self._given:
            return
        self._given = limits
        if self.limits == tuple(limits):
            return
        self.limits = tuple(limits)
        self.has_limits = not are_unlimited(self.limits)
        self._count_anew()

    def take(self, position: int, points: int) -> None:
        """One more item for this person, now."""
        self.receive(position, points, self.now)

    def receive(self, position: int, points: int, at: datetime) -> None:
        """One more item for this person, at a moment that is not before any other's so far."""
        self.open_count[position] += 1
        self.open_points[position] += points
        for window in self.windows.values():
            window.add(at, position, points)
        self._recount(position)

    def _recount(self, position: int) -> None:
        windows = self.limits[position].windows
        if windows:
            self._used[position] = [
                (self.windows[cap].items[position], self.windows[cap].points[position])
                for cap in windows
            ]
        self._recheck(position)

    def _count_anew(self) -> None:
        self._used = [
            [(self.windows[cap].items[k], self.windows[cap].points[k]) for cap in limit.windows]
            for k, limit in enumerate(self.limits)
        ]
        self._full.clear()
