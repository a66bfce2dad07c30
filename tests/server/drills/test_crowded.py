"""More come at once than can be served: most are told so at once, and the server stays awake."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from evenhand.platform.threads import shares_of
from tests.processes import until
from tests.server.drills.prepared import ROOT
from tests.server.drills.served import Answer, Web, ask

THREADS = 32
SHARES = shares_of(THREADS, 12)
CROWD = 60


@contextmanager
def crowd(web: Web) -> Iterator[list[Answer]]:
    """So many who ask for the page that does not answer, and what they were told so far."""
    told: list[Answer] = []
    people = [
        Thread(target=lambda: told.append(ask(web.port, "/held")), daemon=True)
        for _ in range(CROWD)
    ]
    for one in people:
        one.start()
    yield told
    web_opens(web)
    for one in people:
        one.join()


def web_opens(web: Web) -> None:
    """The page answers from now on."""
    (web.said.parent / "open").touch()


def _web(folder: Path, **environ: str) -> Web:
    how = {"DJANGO_SETTINGS_MODULE": "tests.server.drills.held", "PYTHONPATH": str(ROOT), **environ}
    web = Web("postgresql://nobody@127.0.0.1:1/none", folder, environ=how)
    until(lambda: ask(web.port, "/healthz").status == 200)
    return web


def _is_awake(web: Web) -> bool:
    """Whether it answers who asks only that; two seconds are long for that."""
    connection = HTTPConnection("127.0.0.1", web.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_who_cannot_be_served_is_told_while_the_others_are_still_served(tmp_path: Path) -> None:
    web = _web(tmp_path, EVENHAND_HELD_DOOR="1")
    try:
        with crowd(web) as told:
            until(lambda: len(told) == CROWD - SHARES.at_once)
            assert {one.status for one in told} == {503}
            assert {one.headers["retry-after"] for one in told} == {"1", "2", "3"}
            assert _is_awake(web)
        assert Counter(one.status for one in told) == {
            503: CROWD - SHARES.at_once,
            200: SHARES.at_once,
        }
        assert ask(web.port, "/held").status == 200  # every place was given back
    finally:
        web.kill()


@pytest.mark.slow
def test_without_the_door_nobody_is_told_anything_and_the_server_looks_dead(
    tmp_path: Path,
) -> None:
    web = _web(tmp_path)
    try:
        with crowd(web) as told:
            until(lambda: not _is_awake(web))
            assert told == []
        assert Counter(one.status for one in told) == {200: CROWD}  # all were worked for, late
    finally:
        web.kill()
