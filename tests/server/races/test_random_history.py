"""C5: many clients do what comes to their minds with a few leads; what each was told can be.

Two processes of many threads; in the drill the database is killed twice under them. Every lead's
history has an order (`histories.py`), and the doctor finds nothing.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from evenhand.leads.models import Lead
from evenhand.platform.invariants import Cursor, examine
from tests.clusters import open_folder
from tests.conftest import ROOT
from tests.processes import until
from tests.server.builders import person
from tests.server.drills.conftest import url_of_tests
from tests.server.drills.own import own_server
from tests.server.pool.deep import adrift, waters
from tests.server.races.clients import Act, Clients, place
from tests.server.races.guards import unlock_everything, without_unique
from tests.server.races.histories import OK, POOL, REFUSED, UNKNOWN, Anomaly, Told, anomalies
from tests.server.races.interleaved import Copy, Stage, watched

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, CLIENTS = 2, 32
LEADS, REPS = 36, 6
# Of all that was done, at most so many may be told to come again.
MOST_BUSY = Fraction(1, 10)
FEW, MANY = 400, int(os.environ.get("EVENHAND_DRILL_ACTS") or 2_000)
CLOCK = {"clock": "untouched", "after": "10d"}
CLOCKS = {"rules": [{"rule": "保护", "time": "real", "clocks": [CLOCK]}]}


def company(leads: int = LEADS) -> dict[str, Any]:
    """Some reps with a pool and what lies in it."""
    reps = [one.pk for one in waters(reps=REPS, clocks=CLOCKS)]
    ops, admin = person("Olga", "sales_ops"), person("Alice", "admin")
    lying = [one.pk for one in adrift(leads, days=40)]
    people = {"reps": reps, "away": reps[0], "turncoat": reps[1], "ops": ops.pk, "admin": admin.pk}
    return {**people, "leads": lying, "began": timezone.now().isoformat()}


class Crowd:
    """The clients, in processes of their own."""

    def __init__(self, there: dict[str, Any], folder: Path, url: str, *, acts: int) -> None:
        self.files = [folder / f"history.{number}" for number in range(PROCESSES)]
        self.processes = [self._started(url, folder, number) for number in range(PROCESSES)]
        for number, one in enumerate(self.processes):
            assert one.stdin is not None and one.stdout is not None
            asked = {
                **there,
                "clients": CLIENTS // PROCESSES,
                "acts": acts // PROCESSES,
                "seed": f"C5 {number}",
                "file": str(self.files[number]),
            }
            one.stdin.write(json.dumps(asked) + "\n")
            one.stdin.flush()
        for one in self.processes:
            assert one.stdout is not None and one.stdout.readline() == "ready\n"

    def _started(self, url: str, folder: Path, number: int) -> "subprocess.Popen[str]":
        environ = {
            **os.environ,
            "DATABASE_URL": url,
            "EVENHAND_DATA": str(folder),
            "EVENHAND_DB_POOL": str(CLIENTS // PROCESSES + 1),
        }
        with (folder / f"said.{number}").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.server.races.clients"],
                cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
                text=True,
            )  # fmt: skip

    def begin(self) -> None:
        """All at once."""
        for one in self.processes:
            assert one.stdin is not None
            one.stdin.write("\n")
            one.stdin.flush()

    def wait_for(self, acts: int) -> None:
        """Until so many acts of somebody for himself or another are noted."""
        until(lambda: self._done() >= acts)

    def _done(self) -> int:
        # A recycling is noted at every lead.
        noted = [file.read_bytes() for file in self.files if file.exists()]
        return sum(one.count(b"\n") - one.count(b'"recycle"') for one in noted)

    def history(self) -> list[Told]:
        """Everything that they were told, when all are done."""
        for one in self.processes:
            one.communicate()
            assert one.returncode == 0
        lines = [line for file in self.files for line in file.read_text().splitlines()]
        return [Told(**json.loads(line)) for line in lines]

    def close(self) -> None:
        """End what still runs."""
        for one in self.processes:
            if one.poll() is None:
                one.kill()
                one.communicate()


@contextmanager
def crowd(*given: Any, **more: Any) -> Iterator[Crowd]:
    """Clients that are ready; none outlives the block."""
    found = Crowd(*given, **more)
    try:
        yield found
    finally:
        found.close()


def judged(
    history: list[Told], places: dict[int, str], first: str | dict[int, str] = POOL
) -> list[Anomaly]:
    """What cannot be; `places` is where each lead is at the end, `first` where it was before."""
    end = max(one.ended for one in history)
    looks = [Told(lead, "look", end + 1, end + 2, now=now) for lead, now in places.items()]
    acts = Counter(f"{one.act} {one.outcome}" for one in history)
    codes = Counter(one.code for one in history if one.code)
    print(f"history: {len(history)} acts on leads: {dict(acts)}; refused: {dict(codes)}")
    lasting = [replace(one, ended=end + 3) if one.outcome == UNKNOWN else one for one in history]
    return anomalies([*lasting, *looks], first)


def failures(history: list[Told]) -> list[Told]:
    """Mistakes of the server, deadlocks that somebody was told of, and who was sent away too often.

    A busy database may say that it is busy, while it comes back or the machine stands still.
    """
    busy = [one for one in history if one.code == "busy"]
    too_many = busy if len(busy) > MOST_BUSY * len(history) else []
    return [one for one in history if one.code.startswith("!")] + too_many


def broken(cursor: Cursor) -> list[tuple[str, tuple[str, ...]]]:
    """What the doctor finds."""
    return [(one.invariant.message, one.examples) for one in examine(cursor)]


def places_now() -> dict[int, str]:
    return {pk: place(*at) for pk, *at in Lead.objects.values_list("pk", "state", "owner_id")}


def test_whatever_thirty_two_clients_do_each_lead_has_one_owner_or_lies_in_a_pool(
    tmp_path: Path,
) -> None:
    there = company()
    with crowd(there, tmp_path, url_of_tests(), acts=FEW) as found:
        found.begin()
        history = found.history()

    assert failures(history) == []
    assert judged(history, places_now()) == []
    with connection.cursor() as cursor:
        assert broken(cursor) == []


@contextmanager
def two_clients() -> Iterator[Callable[[str, str], Iterator[list[Anomaly]]]]:
    """Two who do an act each with one lead that somebody has, the other at each point of the one.

    The same acts, the same notes and the same judge as of many; only when they meet is chosen.
    """
    there = company(1)
    clients = Clients(there, None)

    def act(name: str) -> Act:
        own = Act(clients, Random(0), name)
        own.rep = there["reps"][3 if name == "transfer" else 2]
        return own

    act("claim").do()
    began, copy, stage = places_now(), Copy("kept"), Stage()

    def met(one: str, other: str) -> Iterator[list[Anomaly]]:
        for point in count(1):
            copy.back()
            first, rival = act(one), act(other)
            if not stage.run(first.do, rival.do, at=point).met:
                return
            yield judged([*first.told, *rival.told], places_now(), began)

    try:
        with watched():
            yield met
    finally:
        stage.close()
        Copy.go_on_from_here()
        Copy.clear_away("kept")


# Two who take the same lead from the same owner: only one of the two can be told that it is done.
CROSSING = (("give back", "put in"), ("put in", "give back"), ("give back", "transfer"))


def test_two_clients_at_every_point_of_each_other_are_told_what_can_be() -> None:
    with two_clients() as met:
        found = [one for pair in CROSSING for one in met(*pair)]

    assert len(found) > len(CROSSING)
    assert [one for one in found if one] == []


def test_without_locks_they_are_told_what_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with two_clients() as met, without_unique("assignment", "pool_stay", "posting"):
        unlock_everything(monkeypatch)

        for pair in CROSSING:
            assert any(met(*pair)), pair


@pytest.mark.slow
def test_two_deaths_of_the_database_leave_each_lead_one_history(tmp_path: Path) -> None:
    there = company()
    with open_folder() as root, own_server(root / "own") as own:
        url = own.server.database.app_url
        with crowd(there, tmp_path, url, acts=MANY) as found:
            found.begin()
            for part in (1, 2):
                found.wait_for(part * MANY // 3)
                own.kill()
                own.server.start()
            history = found.history()
        rows = own.ask("SELECT id, state, owner_id FROM lead")
        places = {int(str(pk)): place(str(state), owner) for pk, state, owner in rows}  # type: ignore[arg-type]

        assert {one.outcome for one in history} == {OK, REFUSED, UNKNOWN}
        assert failures(history) == []
        assert judged(history, places) == []
        with psycopg.connect(own.url) as itself, itself.cursor() as cursor:
            assert broken(cursor) == []
