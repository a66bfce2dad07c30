"""A desk for every test: a fresh folder with a leads file and a team file."""

from pathlib import Path

import pytest

from tests.cli.world import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with leads.csv (four leads, grades A to D) and team.csv (three people)."""
    return Desk(tmp_path)
