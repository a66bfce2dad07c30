"""What every server test shares."""

from collections.abc import Iterator

import pytest

from evenhand.ledger import postings
from evenhand.people.snapshot import CACHE
from evenhand.policies import live
from evenhand.routing import deal, shared


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """What a process remembers of one database must not meet the rows of the next test."""
    CACHE.forget()
    live._kept.clear()
    shared._known.clear()
    postings._known_shares.clear()
    deal._rosters.clear()
    yield
