"""C5: many clients do what comes to their minds with a few leads; what each was told can be.

Two processes of many threads; in the drill the database is killed twice under them. Every lead's
history has an order (`histories.py`), and the doctor finds nothing.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
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
from tests.server.races.clients import place
from tests.server.races.histories import OK, POOL, REFUSED, UNKNOWN, Anomaly, Told, anomalies

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, CLIENTS = 2, 32
LEADS, REPS = 36, 6
# For the control: fewer leads, so that more meet at each, and so many tries.
CROWDED, TRIES = 3, 8
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
                "clients": CLIENTS // PROCESSES,
                "acts": acts // PROCESSES,
                "seed": f"C5 {number}",
                "file": str(self.files[number]),
                **there,
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


def test_without_locks_somebody_is_told_what_cannot_be(tmp_path: Path) -> None:
    there = company(CROWDED) | {"is_guarded": False}
    found: list[Anomaly] = []
    for attempt in range(TRIES):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        first = places_now()
        with crowd(there | {"seed": f"C4 {attempt}"}, folder, url_of_tests(), acts=FEW // 2) as own:
            own.begin()
            found = judged(own.history(), places_now(), first)
        if found:
            break

    assert found != []


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
