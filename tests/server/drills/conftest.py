"""The process whose copies die, and looking at everything that is in the database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from evenhand.platform.invariants import examine
from tests.server.drills.prepared import Prepared


def url_of_tests() -> str:
    """The address of the database of the tests."""
    known: dict[str, Any] = connection.settings_dict
    return (
        f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}"
        f"?host={known['HOST']}&port={known['PORT']}"
    )


def finds_nothing() -> bool:
    """What the doctor says of the database of the tests."""
    with connection.cursor() as cursor:
        assert [f"{one.invariant.id} {one.invariant.message}" for one in examine(cursor)] == []
    return True


def everything() -> list[tuple[str, str]]:
    """All rows of all tables as digests."""
    tables = sorted(connection.introspection.table_names())
    each = " UNION ALL ".join(
        f"SELECT '{one}', md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), ''))"
        f' FROM "{one}" AS t'
        for one in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return sorted(cursor.fetchall())


@pytest.fixture(scope="session")
def prepared(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """A process on the database of the tests, loaded once."""
    process = Prepared(url_of_tests(), tmp_path_factory.mktemp("prepared"))
    yield process
    process.close()


@pytest.fixture
def data(prepared: Prepared) -> Path:
    """The data folder of that process."""
    return prepared.said.parent
