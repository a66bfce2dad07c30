"""PgBouncer in transaction mode before the database: two web hosts and one of workers behind it."""

import shutil
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import Cast, browser
from tests.server.drills.hosts import Host, hosts, pooled_urls, pooler
from tests.server.drills.own import own_server
from tests.server.drills.served import Senders

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("pgbouncer", path="/usr/sbin:/usr/bin") is None,
        reason="the pooler's drill needs PgBouncer (apt-get install pgbouncer)",
    ),
]


def _cookie(people: Cast) -> str:
    return f"session={browser(people.tom).cookies['session'].value}"


def test_behind_a_pooler_everything_works_that_works_without(tmp_path: Path) -> None:
    people = company()
    token, cookie = token_of(people.olga), _cookie(people)
    with (
        open_folder() as root,
        own_server(root / "own") as own,
        pooler(own.server, root / "pooler") as port,
        hosts(tmp_path, "web", "web", "workers", **pooled_urls(port, own.server)) as machines,
    ):
        first, second, _ = machines
        for one in (first, second):
            one.ready()
        with (
            Senders(first.port, token, 4, cookie=cookie) as here,
            Senders(second.port, token, 0, cookie=cookie) as there,
        ):
            here.wait_for(60)
            heard = _hears(second, cookie, here)
            until(lambda: there.statuses()[200] >= 20)
        statuses = here.statuses() + there.statuses()
        print(f"pooler: answers {dict(statuses)}; heard {heard!r}")
        assert set(statuses) == {200, 201}
        assert heard.startswith("event: ")
        # Jobs run too, past the pooler.
        until(lambda: own.ask("SELECT count(*) > 0 FROM seal") == [(True,)])
        found = own.ask("SELECT key, (body ->> 'lead_id')::bigint FROM answer")
        assert here.acknowledged().items() <= {str(k): int(str(v)) for k, v in found}.items()
        assert own.finds_nothing()


def _hears(host: Host, cookie: str, senders: Senders) -> str:
    """The first event on a page of one host while leads come in at another."""
    connection = HTTPConnection("127.0.0.1", host.port, timeout=60)
    connection.request("GET", "/live", headers={"Cookie": cookie})
    stream = connection.getresponse()
    assert stream.status == 200
    while line := stream.readline().decode():
        if line.startswith("event: "):
            connection.close()
            return line.strip()
    return "the stream ended"


def test_a_pooler_that_nobody_was_told_of_is_noticed(tmp_path: Path) -> None:
    """Control: without DATABASE_URL_DIRECT statements are prepared, and the next finds none."""
    people = company()
    token, cookie = token_of(people.olga), _cookie(people)
    with (
        open_folder() as root,
        own_server(root / "own") as own,
        pooler(own.server, root / "pooler") as port,
    ):
        told = pooled_urls(port, own.server)
        told.pop("DATABASE_URL_DIRECT")
        with hosts(tmp_path, "web", **told) as (web,):
            web.ready()
            with Senders(web.port, token, 6, cookie=cookie) as senders:
                until(lambda: senders.statuses()[500])
            print(f"pooler: untold, answers {dict(senders.statuses())}")
            assert 500 in senders.statuses()
