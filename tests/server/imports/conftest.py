"""What tests of imports share: the company, and who imports."""

import pytest

from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of
from tests.server.api.caller import company
from tests.server.cast import Cast


@pytest.fixture
def people() -> Cast:
    """The company and everybody in it."""
    return company()


@pytest.fixture
def olga(people: Cast) -> Actor:
    """Sales operations."""
    return actor_of(people.olga)
