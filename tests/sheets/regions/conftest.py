"""One resolver for all tests of regions: it is made from the list that comes with the program."""

import pytest

from evenhand.sheets.regions.load import resolver as shipped
from evenhand.sheets.regions.resolver import Resolver


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    """The resolver without a company's own file."""
    return shipped()
