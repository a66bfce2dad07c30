"""What tests of the API share."""

from collections.abc import Iterator

import pytest

from evenhand.routing.intake import WRITER
from tests.server.api.caller import Caller, caller, company
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
