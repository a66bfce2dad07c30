"""A2: many write while the database is killed. The seal has every event once, and soon.

`evenhand serve` seals by its own job; writers act on connections of their own, some give up. The
short forms, without a server, are in `tests/server/journal/test_writers.py`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from signal import SIGTERM
from threading import Event, Thread

import psycopg
import pytest

from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company
from tests.server.drills.own import Own, own_server
from tests.server.drills.test_programs_killed import Serve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# The whole drill (bin/drill) goes on for a minute.
WHOLE = os.environ.get("EVENHAND_DRILL_SECONDS") or ""
SECONDS = int(WHOLE or 15)
WRITERS = 32
# Together about 700 rows a second; promised is that 500 are sealed.
PAUSE_SECONDS = 0.1
ONE_IN = 20  # transactions that are rolled back
# From the commit to the seal; and from the database being up again until what was committed before
# it was killed is sealed.
LONGEST_SECONDS, AGAIN_SECONDS = 10, 10
_WRITE = (
    "INSERT INTO event (kind, actor_kind, object_kind, object_id, data)"
    " VALUES ('login.ended', 'system', 'person', %s, '{\"count\": 1}')"
)
_OLDEST = (
    "SELECT extract(epoch FROM clock_timestamp()), extract(epoch FROM min(at)) FROM event"
    " WHERE (xact, id) > (SELECT coalesce(max(last_xact), -1), coalesce(max(last_id), -1) FROM"
    " (SELECT last_xact, last_id FROM seal ORDER BY number DESC LIMIT 1) AS newest)"
)
_UNSEALED = (
    "SELECT count(*) FROM event WHERE NOT EXISTS"
    " (SELECT FROM seal WHERE (last_xact, last_id) >= (event.xact, event.id))"
)
_TOLD = "SELECT count(*), count(DISTINCT one) FROM seal, unnest(events) AS one"
_WRITTEN = "SELECT object_id FROM event WHERE kind = 'login.ended' AND object_id >= 1000000"


@dataclass
class Writer:
    """Somebody who writes until it is over, also after the database was away."""

    url: str
    number: int
    acknowledged: list[int] = field(default_factory=list)
    unknown: set[int] = field(default_factory=set)  # the connection was lost at the commit
    given_up: int = 0
    lives: int = 0

    def run(self, over: Event) -> None:
        """Write; whoever loses his connection takes another."""
        some, done = Random(self.number), 0
        while not over.is_set():
            with suppress(psycopg.OperationalError), psycopg.connect(self.url) as own:
                self.lives += 1
                while not over.is_set():
                    done += 1
                    self._act(own, some, done)
                    over.wait(PAUSE_SECONDS)
            over.wait(0.05)

    def _act(self, own: "psycopg.Connection[object]", some: Random, done: int) -> None:
        first = self.number * 10_000_000 + done * 10
        ids = [first + one for one in range(some.randint(1, 4))]
        for one in ids:
            own.execute(_WRITE, [one])
        if some.randrange(ONE_IN) == 0:
            own.rollback()
            self.given_up += 1
            return
        self.unknown.update(ids)
        own.commit()
        self.unknown.difference_update(ids)
        self.acknowledged += ids


@dataclass
class Watch:
    """How long the oldest event that is not sealed has waited, looked at again and again."""

    own: Own
    seen: list[tuple[float, float]] = field(default_factory=list)  # now, and its moment

    def run(self, over: Event) -> None:
        """Look until it is over; the database may be away."""
        while not over.is_set():
            with suppress(psycopg.OperationalError):
                ((now, at),) = self.own.ask(_OLDEST)
                # None: everything is sealed.
                self.seen.append((float(str(now)), float(str(now if at is None else at))))
            over.wait(0.25)

    def longest(self, down: float) -> float:
        """The longest wait in seconds before the database was killed."""
        return max((now - at for now, at in self.seen if now < down), default=0.0)

    def went_on(self, up: float) -> float:
        """Seconds from the database being up until nothing of before was unsealed."""
        return min((now - up for now, at in self.seen if now > up and at > up), default=1e9)


@contextmanager
def _at_work(runs: Sequence[Writer | Watch]) -> Iterator[None]:
    over = Event()
    threads = [Thread(target=one.run, args=(over,)) for one in runs]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in threads:
            one.join()


def test_what_is_committed_is_sealed_once_and_soon_also_where_the_database_is_killed(
    tmp_path: Path,
) -> None:
    company()
    with open_folder() as root, own_server(root / "own") as own:
        serve = Serve(own, tmp_path)
        try:
            serve.ready()
            writers = [
                Writer(own.server.database.app_url, number) for number in range(1, WRITERS + 1)
            ]
            watch = Watch(own)
            with _at_work([watch]):
                with _at_work(writers):
                    Event().wait(SECONDS / 2)
                    programs = serve.programs("worker")
                    down = time.time()
                    own.kill()
                    own.server.start()
                    up = time.time()
                    Event().wait(SECONDS / 2)
                until(lambda: own.ask(_UNSEALED) == [(0,)])
            # None of them had to be started again, which takes its time.
            assert serve.programs("worker") == programs
        finally:
            serve.process.send_signal(SIGTERM)
            serve.process.wait()

        _tell(writers, watch, down, up)
        _check(own, writers)
        assert all(one.lives >= 2 for one in writers)  # the database was killed under each of them
        assert _verify(own, tmp_path) == 0
        if WHOLE:
            assert watch.longest(down) <= LONGEST_SECONDS
            assert watch.went_on(up) <= AGAIN_SECONDS
        # The control: what is changed behind the seal is found.
        _change_one(own)
        assert _verify(own, tmp_path) == 1


def _tell(writers: list[Writer], watch: Watch, down: float, up: float) -> None:
    rows, given_up = sum(len(one.acknowledged) for one in writers), sum(w.given_up for w in writers)
    print(
        f"sealed: {len(writers)} writers, {SECONDS} s, {rows} rows acknowledged, {given_up}"
        f" transactions rolled back, longest unsealed {watch.longest(down):.1f} s; database away"
        f" {up - down:.1f} s, sealing went on {watch.went_on(up):.1f} s after"
    )


def _check(own: Own, writers: list[Writer]) -> None:
    written = {int(str(row[0])) for row in own.ask(_WRITTEN)}
    acknowledged = {one for who in writers for one in who.acknowledged}
    perhaps = {one for who in writers for one in who.unknown}
    assert acknowledged <= written <= acknowledged | perhaps
    (everything,) = own.ask("SELECT count(*), count(*) FROM event")
    assert own.ask(_TOLD) == [everything]  # every event in one seal, and none in two
    gaps = own.ask("SELECT count(*), max(number) FROM seal HAVING count(*) <> max(number)")
    assert gaps == []


def _verify(own: Own, data: Path) -> int:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
    command = [sys.executable, "-P", "-m", "evenhand.cli", "verify", "--lang", "en"]
    environ = {**kept, "DATABASE_URL": own.server.database.app_url, "EVENHAND_DATA": str(data)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    print(f"sealed: verify said {(done.stdout or done.stderr).strip().splitlines()[-1:]}")
    return done.returncode


def _change_one(own: Own) -> None:
    with psycopg.connect(own.url, autocommit=True) as owner:
        owner.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        owner.execute(
            "UPDATE event SET data = '{\"count\": 2}'"
            " WHERE id = (SELECT id FROM event ORDER BY id DESC OFFSET 100 LIMIT 1)"
        )
