"""The one place where the server reads the clock; all others take `now` as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)
