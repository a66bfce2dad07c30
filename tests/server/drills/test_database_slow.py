"""K5: every statement takes half a second longer, and fifty requests a second come all the same.

What cannot be served is refused soon; nothing piles up, neither in memory nor before the
connections; and when the database is quick again, so is the server.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection

from bench.open_loop import Answered, Due, Plan, get, moments, post, run_plan
from evenhand.leads.models import Lead
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import browser
from tests.server.drills.conftest import finds_nothing
from tests.server.drills.prepared import ROOT
from tests.server.drills.proxy import Proxy
from tests.server.drills.served import Web, ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# The whole drill (bin/drill) goes on for five minutes; what it is compared with, ten seconds.
WHOLE = os.environ.get("EVENHAND_DRILL_SECONDS") or ""
SHORT_SECONDS = 10
SECONDS = int(WHOLE or SHORT_SECONDS)
PER_SECOND, LAG_SECONDS = 50, 0.5
# In all; and from the first half to the last fifth, when what a process keeps is long there.
MOST_MEGABYTES, MOST_LATE_MEGABYTES = 64, 8


@contextmanager
def behind(proxy: Proxy, folder: Path, **environ: str) -> Iterator[Web]:
    """A web server that reaches the database through the proxy."""
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}:{known['PASSWORD']}@127.0.0.1:{proxy.port}/{known['NAME']}"
    folder.mkdir()
    web = Web(url, folder, environ=environ)
    try:
        yield web.ready()
    finally:
        web.kill()


def _load(
    web: Web, token: str, cookie: str, run: str, seconds: int = SHORT_SECONDS
) -> list[Answered]:
    """Fifty requests a second at moments fixed beforehand, every tenth of them a lead."""
    page = get("/leads", {"Cookie": cookie, "Accept-Language": "en"})
    due = []
    for number, at in enumerate(moments(PER_SECOND, seconds)):
        if number % 10:
            due.append(Due(at, "page", page))
            continue
        body = json.dumps({"name": "王芳", "phone": f"138{run}{number:07}"}).encode()
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"{run}-{number}"}
        lead = post("/api/v1/leads", headers, body, kind="application/json")
        due.append(Due(at, "lead", lead))
    return run_plan(Plan("127.0.0.1", web.port, due))


def _megabytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(one.split()[1]) // 1024 for one in lines if one.startswith("VmRSS"))


@contextmanager
def watching(pid: int) -> Iterator[list[int]]:
    """The megabytes of a process, looked at twice a second while something goes on."""
    over, seen = Event(), [_megabytes(pid)]

    def look() -> None:
        while not over.wait(0.5):
            seen.append(_megabytes(pid))

    thread = Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()
        seen.append(_megabytes(pid))


def _late(seen: Sequence[int]) -> int:
    """By how much the most of the last fifth is over the most of the first half."""
    return max(seen[-len(seen) // 5 :]) - max(seen[: len(seen) // 2 or 1])


def _slowest(answers: Sequence[Answered]) -> float:
    """How long who wanted a page and was refused, or not answered at all, had to wait for that."""
    pages = [one for one in answers if one.route == "page"]
    return max(one.seconds for one in pages if one.status in (0, 503))


def test_a_slow_database_sheds_load_and_the_server_is_well_afterwards(tmp_path: Path) -> None:
    people = company()
    token = token_of(people.olga)
    cookie = f"session={browser(people.tom).cookies['session'].value}"
    known = connection.settings_dict
    proxy = Proxy((str(known["HOST"]), int(known["PORT"])))
    try:
        with behind(proxy, tmp_path / "guarded") as web:
            workers = web.workers()
            well = _load(web, token, cookie, "1")  # warm, and a control: a quick database
            proxy.lag_seconds = LAG_SECONDS
            with watching(workers[0]) as seen:
                shed = _load(web, token, cookie, "2", SECONDS)
            assert ask(web.port, "/healthz").status == 200
            proxy.lag_seconds = 0.0
            until(lambda: all(_page(web, cookie) == 200 for _ in range(20)))
            assert ask(web.port, "/readyz").status == 200
            assert web.workers() == workers  # nothing was started again

        proxy.lag_seconds = 0.0
        control = {"DJANGO_SETTINGS_MODULE": "tests.server.drills.held", "PYTHONPATH": str(ROOT)}
        with behind(proxy, tmp_path / "bare", **control) as web:
            proxy.lag_seconds = LAG_SECONDS
            bare = _load(web, token, cookie, "3")
    finally:
        proxy.drop()

    told = {name: Counter(one.status for one in answers)
            for name, answers in (("well", well), ("slow", shed), ("bare", bare))}  # fmt: skip
    grown = seen[-1] - seen[0]
    print(f"{told}; slow for {SECONDS} s; {seen[0]} MB, every tenth of it"
          f" {seen[:: max(1, len(seen) // 10)]}, grown by {grown} MB, late by {_late(seen)} MB; who"
          f" was refused waited at most {_slowest(shed):.1f} s, without the door"
          f" {_slowest(bare):.1f} s")  # fmt: skip
    assert set(told["slow"]) <= {200, 201, 429, 503}, told  # everybody was answered
    assert told["slow"][503] > 0 and told["slow"][200] > 0
    assert grown < MOST_MEGABYTES
    assert not WHOLE or _late(seen) < MOST_LATE_MEGABYTES
    assert _slowest(shed) < _slowest(bare) / 2
    accepted = sum(one.status == 201 for one in (*well, *shed, *bare))
    assert Lead.objects.count() >= accepted
    assert finds_nothing()


def _page(web: Web, cookie: str) -> int:
    return ask(web.port, "/leads", headers={"Cookie": cookie}).status
