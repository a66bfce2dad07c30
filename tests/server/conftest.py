"""What every server test shares."""

import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from evenhand.leads.queries.leads import REACHES
from evenhand.leads.queries.options import PEOPLE, VALUES
from evenhand.leads.queries.paging import ESTIMATES
from evenhand.ledger import postings
from evenhand.people.snapshot import CACHE
from evenhand.policies import live
from evenhand.pool.operations.claim import CLAIMS
from evenhand.routing import shared, world
from evenhand.routing.intake import WRITER
from tests.server.discreet_logs import Reader


def forget() -> None:
    """Forget what a process remembers of one database."""
    CACHE.forget()
    for remembered in (ESTIMATES, PEOPLE, REACHES, VALUES):
        remembered.forget()
    live._kept.clear()
    shared._known.clear()
    postings._known_shares.clear()
    world._rosters.clear()


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """What a process remembers of one database must not meet the rows of the next test."""
    forget()
    yield
    # The connections of those who write together must not outlive the database of the tests.
    WRITER.stop()
    CLAIMS.stop()


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as in life, but with little work: a hundred megabytes per login is for attackers."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture(autouse=True)
def read_logs() -> Iterator[Reader]:
    """No log of any test of the server names anybody: S13."""
    reader = Reader()
    logging.getLogger().addHandler(reader)
    yield reader
    logging.getLogger().removeHandler(reader)
    assert reader.leaks == []
