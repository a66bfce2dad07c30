"""What every test shares: how hard hypothesis tries, and the real data beside the project."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# No deadline: the machine may be busy, and time decides nothing. In CI the same examples each run,
# so that a landing never hangs on luck; `bin/test --all` elsewhere looks further.
_ALWAYS = settings(
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("everyday", _ALWAYS, max_examples=100)
settings.register_profile("thorough", _ALWAYS, max_examples=500)
settings.load_profile("everyday")


def pytest_configure(config: pytest.Config) -> None:
    """Tests talk to a real PostgreSQL: `EVENHAND_TEST_DATABASE_URL`, else the embedded one."""
    os.environ.setdefault("EVENHAND_SECRET_KEY", "tests-only-" + "k" * 50)
    os.environ.setdefault("EVENHAND_DB_POOL", "4")
    if url := os.environ.get("EVENHAND_TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; a test that asks for it is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data here: {folder.relative_to(ROOT.parent)} is absent")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read the shared data, so that `-m "not data"` leaves them out."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.data)
