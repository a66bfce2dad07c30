"""K1: the whole database server is killed under load. What was acknowledged is there, once."""

import time
from pathlib import Path

import pytest

from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import browser
from tests.server.drills.own import Own, own_server
from tests.server.drills.served import Senders, Web

pytestmark = pytest.mark.django_db(transaction=True)


def _killed(own: Own, web: Web, senders: Senders, *, goes_on: bool) -> None:
    """Kill the database, have the clients notice, start it again, and go on."""
    own.kill()
    refused = senders.statuses()[503]
    until(lambda: senders.statuses()[503] >= refused + 5)
    own.server.start()
    if not goes_on:
        return
    up = time.monotonic()
    senders.wait_for(1)
    print(f"killed: first lead {time.monotonic() - up:.2f} s after the database was up")
    assert time.monotonic() - up < 10
    senders.wait_for(20)


def _drill(
    folder: Path, kills: int, *, goes_on: bool = True, **settings: str
) -> tuple[dict[str, int], dict[str, int]]:
    """What was acknowledged, and what is there: lead by key.

    A web server that knows rows which are lost cannot go on: without `goes_on` nobody waits for it.
    """
    people = company()
    token = token_of(people.olga)
    cookie = f"session={browser(people.tom).cookies['session'].value}"
    with open_folder() as root, own_server(root / "own", **settings) as own:
        web = Web(own.server.database.app_url, folder)
        try:
            workers = web.ready().workers()
            with Senders(web.port, token, 4, cookie=cookie) as senders:
                senders.wait_for(20)
                for _ in range(kills):
                    _killed(own, web, senders, goes_on=goes_on)
            assert web.workers() == workers  # nobody started the web server again
        finally:
            web.kill()
        if goes_on:
            _check_answers(senders)
        found = own.ask("SELECT key, (body ->> 'lead_id')::bigint FROM answer")
        there = {str(key): int(str(lead)) for key, lead in found}
        (doubled,) = own.ask("SELECT count(*) - count(DISTINCT phone) FROM lead")
        assert doubled == (0,)
        assert own.finds_nothing()
        return senders.acknowledged(), there


def _check_answers(senders: Senders) -> None:
    print(f"killed: answers {dict(senders.statuses())}")
    assert set(senders.statuses()) == {200, 201, 503}  # 200: pages
    for _, answer in senders.answers:
        assert answer.status != 503 or int(answer.headers["retry-after"]) > 0


def test_what_was_acknowledged_outlives_a_kill_of_the_database(tmp_path: Path) -> None:
    acknowledged, there = _drill(tmp_path, kills=1)

    assert acknowledged.items() <= there.items()


@pytest.mark.slow
def test_what_was_acknowledged_outlives_three_kills_of_the_database(tmp_path: Path) -> None:
    acknowledged, there = _drill(tmp_path, kills=3)

    assert acknowledged.items() <= there.items()


@pytest.mark.slow
def test_a_database_that_acknowledges_too_early_is_found_out(tmp_path: Path) -> None:
    acknowledged, there = _drill(
        tmp_path, kills=1, goes_on=False, synchronous_commit="off", wal_writer_delay="10s"
    )

    assert acknowledged.items() - there.items()
