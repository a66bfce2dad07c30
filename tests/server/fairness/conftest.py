"""Who acts in tests of fairness."""

import pytest

from evenhand.people.actor import Actor
from tests.server.builders import organization, person
from tests.server.cast import act_as


@pytest.fixture
def ops(db: None) -> Actor:
    """Sales operations."""
    organization()
    return act_as(person("Olga", "sales_ops", "all"))
