"""What tests of appeals start from."""

import pytest

from tests.server.appeals.cases import Case, case


@pytest.fixture
def one(db: None) -> Case:
    """A decision to object to."""
    return case()
