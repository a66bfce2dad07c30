"""K2: web and job programs are killed at random moments. The end is that of an undisturbed run."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM

import pytest
from django.conf import settings

from evenhand.imports.operations.begin import start, upload
from evenhand.platform.death_signal import tied_to_us
from tests.cli.serve.running import free_port
from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import act_as, browser
from tests.server.drills.own import Own, own_server
from tests.server.drills.prepared import ROOT
from tests.server.drills.served import Senders, ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Of web and of job programs each; the whole drill (bin/drill) has twenty.
KILLS = int(os.environ.get("EVENHAND_DRILL_KILLS") or 3)
ROWS = max(4_000, 1_000 * KILLS)
# In which a job whose worker died is tried again; on a busy machine programs start slowly.
SECONDS, BUSY_SECONDS = 60, 180


class Serve:
    """`evenhand serve` on a database of the drill's own."""

    def __init__(self, own: Own, data: Path) -> None:
        self.port = free_port()
        known = own.server.database
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
        with (data / "serve").open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "evenhand.cli", "serve"],
                cwd=ROOT,
                env={
                    **kept,
                    "DATABASE_URL": known.app_url,
                    "DATABASE_URL_OWNER": known.owner_url,
                    "DATABASE_URL_LONG": known.long_url,
                    "EVENHAND_DATA": str(data),
                    "EVENHAND_BIND": f"127.0.0.1:{self.port}",
                    "EVENHAND_SECRET_KEY": settings.SECRET_KEY,
                    "EVENHAND_INTAKE_PER_SECOND": "1000000",
                },
                stdout=said,
                stderr=said,
                preexec_fn=tied_to_us(SIGTERM),
            )

    def programs(self, word: str) -> list[int]:
        """The processes below it whose command line has a word."""
        return [pid for pid in _below(self.process.pid) if word in _command(pid)]

    def ready(self) -> None:
        """When it answers."""
        until(lambda: ask(self.port, "/readyz").status == 200)

    def kill_one(self, word: str, chance: random.Random) -> bool:
        """Kill one of them, if any is there."""
        found = self.programs(word)
        if not found:
            return False
        with suppress(ProcessLookupError):
            os.kill(chance.choice(found), SIGKILL)
        return True


def _below(pid: int) -> list[int]:
    with suppress(OSError):
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [one for child in map(int, own) for one in (child, *_below(child))]
    return []


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


@contextmanager
def served(own: Own, data: Path) -> Iterator[Serve]:
    """A server as long as the block lasts; it may have to get ready yet."""
    server = Serve(own, data)
    try:
        yield server
    finally:
        server.process.send_signal(SIGTERM)
        server.process.wait()


def _outcome(own: Own) -> Counter[str]:
    """What became of the file, in a form that does not hang on who came first."""
    found = own.ask(
        "SELECT 'row ' || outcome, count(*) FROM lead_import_row GROUP BY 1"
        " UNION ALL SELECT 'lead ' || state, count(*) FROM lead WHERE via = 'import' GROUP BY 1"
        " UNION ALL SELECT 'event ' || kind, count(*) FROM event"
        " WHERE kind LIKE 'import.%' GROUP BY 1"
        " UNION ALL SELECT 'step ' || step, count(*) FROM lead_import GROUP BY 1"
    )
    return Counter({str(name): int(str(count)) for name, count in found})


def _run(folder: Path) -> Counter[str]:
    """A file of leads is taken in while others come by the API; what became of all of them."""
    people = company()
    text = "姓名,手机\n" + "".join(f"客户{n},1390{n:07}\n" for n in range(ROWS))
    row = upload("展会.csv", text.encode(), actor=act_as(people.olga))
    start(row.pk, actor=act_as(people.olga))
    token = token_of(people.olga)
    cookie = f"session={browser(people.tom).cookies['session'].value}"
    with open_folder() as root, own_server(root / "own") as own, served(own, folder) as server:
        stopped_at, killed = _kill_in_the_middle(own, server)
        until(lambda: _rows_in(own) > stopped_at)
        seconds = time.monotonic() - killed
        print(f"programs: the job went on after {seconds:.0f} s (promised: {SECONDS} s)")
        assert seconds < BUSY_SECONDS
        server.ready()
        with Senders(server.port, token, 3, cookie=cookie) as senders:
            _kill_at_random(server, senders, random.Random(1))
            until(lambda: own.ask("SELECT step FROM lead_import") == [("done",)])
        found = own.ask("SELECT key, (body ->> 'lead_id')::bigint FROM answer")
        there = {str(key): int(str(lead)) for key, lead in found}
        print(f"programs: answers {dict(senders.statuses())}")
        assert senders.acknowledged().items() <= there.items()
        assert own.finds_nothing()
        return _outcome(own)


def _rows_in(own: Own) -> int:
    """Up to which row of the file the job has come."""
    (found,) = own.ask("SELECT position FROM lead_import")
    return int(str(found[0]))


def _kill_in_the_middle(own: Own, server: Serve) -> tuple[int, float]:
    """Kill the worker once it has taken in a part; where it stood, and when that was."""
    until(lambda: _rows_in(own) > 0)
    assert server.kill_one("worker long", random.Random(1))
    stopped_at = _rows_in(own)
    assert stopped_at < ROWS, "the file was in before anybody could look"
    print(f"programs: the worker died at row {stopped_at} of {ROWS}")
    return stopped_at, time.monotonic()


def _kill_at_random(server: Serve, senders: Senders, chance: random.Random) -> None:
    """Web processes and their parent, and both job programs in turn, while leads come in."""
    killed: Counter[str] = Counter()
    for number in range(KILLS):
        for word in ("granian", ("worker long", "worker sweeps")[number % 2]):
            senders.wait_for(chance.randrange(1, 10))
            # One that was killed a moment ago is given a moment before it is started again.
            until(lambda word=word: server.kill_one(word, chance))  # type: ignore[misc]
            killed[word] += 1
    senders.wait_for(1)
    print(f"programs: killed {dict(killed)}, besides the first (the whole drill: 20 and 20)")


def test_killed_programs_change_nothing_in_the_end(tmp_path: Path) -> None:
    assert _run(tmp_path) == Counter(
        {
            "row created": ROWS,
            "lead owned": ROWS,
            "event import.uploaded": 1,
            "event import.started": 1,
            "event import.done": 1,
            "step done": 1,
        }
    )
