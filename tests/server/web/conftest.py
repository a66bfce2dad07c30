"""What tests of pages share."""

import pytest

from evenhand.web.live import STATION


@pytest.fixture(autouse=True)
def silent_station(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page under test starts the thread that listens: it would hold on to the database."""
    monkeypatch.setattr(STATION, "start", lambda: None)
