"""K11: web servers are stopped and started one after the other, and nobody notices.

There are two behind a balancer, which gives nothing new to the one that is about to stop; `serve`
alone has one web server, and a restart of it is a pause.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection

from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import Cast, browser
from tests.server.drills.conftest import finds_nothing, url_of_tests
from tests.server.drills.proxy import Proxy
from tests.server.drills.served import Sender, Senders, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Of each web server; the whole drill (bin/drill) has two.
RESTARTS = int(os.environ.get("EVENHAND_DRILL_RESTARTS") or 1)


@pytest.fixture
def webs(tmp_path: Path) -> Iterator[list[Web]]:
    """Two web servers on one database."""
    servers = [Web(url_of_tests(), tmp_path) for _ in range(2)]
    yield servers
    for one in servers:
        one.kill()


def _balanced(webs: list[Web]) -> Proxy:
    for one in webs:
        one.ready()
    return Proxy(*(("127.0.0.1", one.port) for one in webs))


def _cookie(people: Cast) -> str:
    return f"session={browser(people.tom).cookies['session'].value}"


def _restart(web: Web, balancer: Proxy, senders: Senders, *, warned: bool) -> None:
    if warned:
        balancer.out.add(web.port)
        senders.wait_for(5)
    started = time.monotonic()
    web.end()
    print(f"rolling: ended after {time.monotonic() - started:.2f} s")
    assert time.monotonic() - started < 10
    web.start_again()
    web.ready()
    balancer.out.discard(web.port)
    senders.wait_for(10)


def test_a_rolling_restart_fails_no_request(webs: list[Web]) -> None:
    people = company()
    token, balancer = token_of(people.olga), _balanced(webs)

    with Senders(balancer.port, token, 4, cookie=_cookie(people)) as senders:
        senders.wait_for(10)
        for one in webs * RESTARTS:
            _restart(one, balancer, senders, warned=True)
    balancer.drop()

    print(f"rolling: {RESTARTS} of each, answers {dict(senders.statuses())}")
    assert set(senders.statuses()) == {200, 201}
    assert finds_nothing()


def test_what_is_under_way_is_finished_before_the_server_ends(webs: list[Web]) -> None:
    people = company()
    sender = Sender(webs[0].ready().port, token_of(people.olga), 0)
    with psycopg.connect(url_of_tests()) as other:
        other.execute("LOCK TABLE lead IN ACCESS EXCLUSIVE MODE")
        request = Thread(target=sender.send, args=("k0-1",))
        request.start()
        until(_somebody_waits)
        stop = Thread(target=webs[0].end)
        stop.start()
        assert webs[0].process.poll() is None
        other.rollback()
    request.join()
    stop.join()

    assert [answer.status for _, answer in sender.answers] == [201]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'lead'::regclass)"
        )
        return bool(cursor.fetchone()[0])


def test_a_balancer_that_goes_on_sending_to_one_that_stopped_is_noticed(webs: list[Web]) -> None:
    people = company()
    token, balancer = token_of(people.olga), _balanced(webs)

    with Senders(balancer.port, token, 4, cookie=_cookie(people)) as senders:
        senders.wait_for(10)
        webs[0].kill()
        until(lambda: senders.statuses()[0] > 0)
    balancer.drop()

    assert 0 in senders.statuses()
