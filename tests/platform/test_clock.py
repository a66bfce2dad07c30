"""The clock."""

from datetime import UTC

from evenhand.platform.clock import now


def test_now_is_in_utc_and_does_not_go_back() -> None:
    first, second = now(), now()

    assert first.tzinfo is UTC
    assert first <= second
