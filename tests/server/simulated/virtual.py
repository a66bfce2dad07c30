"""A clock that stands still until it is told to go on; the server asks it for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from unittest.mock import patch

from django.utils import timezone

from evenhand.people.snapshot import CACHE


class VirtualClock:
    """The time as the server's own code sees it; that of the database goes on beside it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: tzinfo | None = None) -> datetime:
        """As `datetime.now`."""
        return self.at.astimezone(zone or UTC)

    def go_to(self, at: datetime) -> None:
        """Time never runs back."""
        assert at >= self.at
        self.at = at


@contextmanager
def virtual_time(start: datetime) -> Iterator[VirtualClock]:
    """Let the server live at another time, here and until the end of the block."""
    clock = VirtualClock(start)
    CACHE.forget()
    with (
        patch.object(timezone, "now", clock.now),
        patch("evenhand.platform.clock.datetime", clock),
    ):
        yield clock
    CACHE.forget()
