"""How the threads of a web process are shared out: nobody can take those of the others."""

import pytest

from evenhand.platform.threads import MOST_FOR_REQUESTS, shares_of


@pytest.mark.parametrize("connections", [1, 4, 12, 200])
@pytest.mark.parametrize("threads", [2, 8, 32, 96, 192, 532])
def test_streams_and_requests_leave_threads_to_refuse_with(threads: int, connections: int) -> None:
    shares = shares_of(threads, connections)
    requests = shares.together + shares.at_once + shares.waiting

    assert min(shares.together, shares.at_once, shares.streams) >= 1
    assert shares.streams + requests <= threads + (1 if threads < 8 else 0)
    assert requests <= MOST_FOR_REQUESTS
    if threads >= 32:
        assert shares.streams + requests < threads


def test_those_who_are_served_at_once_leave_connections_to_those_who_settle() -> None:
    assert shares_of(192, 12).at_once == 8
    assert shares_of(192, 100).at_once == 12  # more would only wait for one interpreter
    assert shares_of(192, 12).streams == 96
