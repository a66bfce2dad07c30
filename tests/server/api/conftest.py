"""What tests of the API share."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from evenhand.api.limits import INTAKE
from evenhand.routing.intake import WRITER
from tests.access.company import build
from tests.server.api.caller import Caller, caller, company, token_of
from tests.server.api.fuzzed import Api
from tests.server.cast import Cast


@pytest.fixture
def people() -> Cast:
    """The company and everybody in it."""
    return company()


@pytest.fixture
def ops(people: Cast) -> Caller:
    """A program of sales operations with every scope."""
    return caller(people.olga)


@pytest.fixture
def writer() -> Iterator[None]:
    """The intake's own connection does not outlive the test."""
    yield
    WRITER.stop()


@pytest.fixture
def api() -> Iterator[Api]:
    """The whole API before the application of this process, and the tokens of three programs."""
    INTAKE.forget()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's test client does
    world = build()
    people = world.people
    tokens = {
        "ops": token_of(people.olga),
        "rep": token_of(people.ren),
        "read": token_of(people.olga, "read"),
    }
    yield Api(world, tokens)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
