"""K4: the database cannot be reached for a while. The server says so, and goes on by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from evenhand.leads.models import Lead
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import browser
from tests.server.drills.conftest import finds_nothing
from tests.server.drills.proxy import Proxy
from tests.server.drills.served import Answer, Sender, Web, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Before the database of the tests."""
    known = connection.settings_dict
    found = Proxy((str(known["HOST"]), int(known["PORT"])))
    yield found
    found.drop()


@pytest.fixture
def web(proxy: Proxy, tmp_path: Path) -> Iterator[Web]:
    """A web server that reaches the database through the proxy."""
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}:{known['PASSWORD']}@127.0.0.1:{proxy.port}/{known['NAME']}"
    server = Web(url, tmp_path)
    yield server
    server.kill()


def _says_when(answer: Answer) -> bool:
    return answer.status == 503 and int(answer.headers["retry-after"]) > 0


def _away_and_back(proxy: Proxy, web: Web, sender: Sender, cookie: str, outage: int) -> float:
    """So many requests while the database is away; seconds until the first lead after it."""
    page = {"Cookie": cookie}
    assert sender.send("k0-1").status == 201
    assert ask(web.port, "/leads", headers=page).status == 200

    proxy.drop()
    for number in range(outage):
        refused = [
            sender.send(f"k0-{100 + number}"),
            ask(web.port, "/leads", headers=page),
            ask(web.port, "/readyz"),
        ]
        assert all(_says_when(one) for one in refused), [one.status for one in refused]
        assert ask(web.port, "/healthz").status == 200
        slowest = max(one.seconds for one in refused)
        assert slowest < 10, "nobody waits for a database that is away"
        print(f"away: slowest answer {slowest:.2f} s")

    proxy.come_back()
    tries = [sender.send("k0-2")]
    until(lambda: tries[-1].status == 201 or tries.append(sender.send("k0-2")))
    assert {one.status for one in tries} <= {201, 503}
    print(f"back: first lead after {sum(one.seconds for one in tries):.2f} s")
    return sum(one.seconds for one in tries)


def _ready(web: Web) -> tuple[Sender, str]:
    people = company()
    sender = Sender(web.port, token_of(people.olga), 0)
    session = browser(people.tom).cookies["session"].value
    web.ready()
    return sender, f"session={session}"


def test_a_database_that_is_away_is_said_and_the_server_goes_on_by_itself(
    proxy: Proxy, web: Web
) -> None:
    sender, cookie = _ready(web)
    worker = web.workers()

    _away_and_back(proxy, web, sender, cookie, outage=3)

    assert web.workers() == worker  # nothing was started again
    assert ask(web.port, "/readyz").status == 200
    assert Lead.objects.count() == 2  # what was refused was not taken in
    assert finds_nothing()


@pytest.mark.slow
def test_after_a_long_time_away_it_is_found_again_within_ten_seconds(
    proxy: Proxy, web: Web
) -> None:
    """A pool that doubles its pauses for minutes would look again half a minute late."""
    sender, cookie = _ready(web)

    waited = _away_and_back(proxy, web, sender, cookie, outage=12)

    assert waited < 10
