"""What every test shares: how hard hypothesis tries, and the real data beside the project."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as profiles

from evenhand.config.env import database
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.launch import embedded
from tests.databases import drop, empty_after, template
from tests.order import begun_first

ROOT = Path(__file__).parents[1]

# No deadline: the machine may be busy, and time decides nothing. In CI the same examples each run,
# so that a landing never hangs on luck; `bin/test --all` elsewhere looks further.
_ALWAYS = profiles(
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
profiles.register_profile("everyday", _ALWAYS, max_examples=100)
profiles.register_profile("thorough", _ALWAYS, max_examples=500)
profiles.load_profile("everyday")


# What pytest's first process holds until it ends: the database of all tests.
_HELD = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Tests talk to a real PostgreSQL: `EVENHAND_TEST_DATABASE_URL`, else an embedded one.

    The processes of xdist find its address in the environment and make a database each.
    """
    os.environ.setdefault("EVENHAND_SECRET_KEY", "tests-only-" + "k" * 50)
    # A web server in a process of ours serves as many at once, less four (`platform/threads.py`).
    os.environ.setdefault("EVENHAND_DB_POOL", "8")
    if not os.environ.get("EVENHAND_TEST_DATABASE_URL"):
        os.environ["EVENHAND_TEST_DATABASE_URL"] = _embedded()
    # Not a server's address: what it is set to here is what the settings read.
    os.environ["DATABASE_URL"] = os.environ["EVENHAND_TEST_DATABASE_URL"]
    # Without xdist the settings were read before us, and name no database yet.
    given = database(os.environ["DATABASE_URL"])
    # Threads that race here share few connections, on machines that may have much else to do.
    given["OPTIONS"]["pool"]["timeout"] = 60.0
    settings.DATABASES["default"].update(given)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database, if it is ours."""
    _HELD.close()


def _embedded() -> str:
    folder = Path(_HELD.enter_context(TemporaryDirectory(prefix="evenhand-tests-")))
    folder.chmod(0o755)  # as root the server runs as nobody, who has to get there
    settings = {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "120",  # of both processes of tests, and of programs that they start
    }
    server = _HELD.enter_context(embedded(folder / "postgres", settings=settings))
    return socket_url(server.socket, role=SUPERUSER)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; a test that asks for it is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data here: {folder.relative_to(ROOT.parent)} is absent")
    return folder


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that read the shared data, so that `-m "not data"` leaves them out."""
    if "shared_data" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.data)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, each begins with long ones."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes > 1:
        items[:] = begun_first(items, processes)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of collected tests stay until the end: no search for garbage walks them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_test_environment: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Every process of tests has a database of its own, copied from one that was migrated once."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "_destroy_test_db", drop)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_ends() -> Iterator[None]:
    """What a test committed is deleted; nothing is made anew (see tests/databases.py)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_after)
        yield


@pytest.fixture(autouse=True, scope="session")
def one_chain() -> Iterator[None]:
    """All test clients of a process go through one chain of middleware.

    Django builds one per client, and each looks through all static files anew: eighty milliseconds
    that a server spends once.
    """
    load = BaseHandler.load_middleware
    chains: dict[bool, BaseHandler] = {}

    def load_once(self: BaseHandler, is_async: bool = False) -> None:
        first = chains.get(is_async)
        if first is None:
            load(self, is_async)
            chains[is_async] = self
        else:
            self.__dict__.update(_chain_of(first))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "load_middleware", load_once)
        yield


def _chain_of(handler: BaseHandler) -> dict[str, object]:
    names = ("_view_middleware", "_template_response_middleware", "_exception_middleware")
    return {name: getattr(handler, name) for name in (*names, "_middleware_chain")}
