"""A web server as in life, on a database of the tests, and programs that call it over HTTP."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from signal import SIGKILL, SIGTERM
from threading import Event, Thread
from typing import Any

from django.conf import settings

from evenhand.cli.serve.address import Address
from evenhand.cli.serve.programs import web_command
from evenhand.cli.serve.settings import Settings
from tests.cli.serve.running import free_port
from tests.processes import until
from tests.server.drills.prepared import ROOT

# Whoever waits longer than this was not answered at all.
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """What a program got: 0 is no answer at all."""

    status: int
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(
    port: int, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """One request on a connection of its own."""
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    given = {"Accept-Language": "en", "Connection": "close", **(headers or {})}
    try:
        if body is None:
            connection.request("GET", path, headers=given)
        else:
            given["Content-Type"] = "application/json"
            connection.request("POST", path, json.dumps(body), given)
        found = connection.getresponse()
        read = found.read()
        return Answer(
            found.status,
            time.monotonic() - started,
            {name.lower(): value for name, value in found.headers.items()},
            read,
        )
    except (OSError, HTTPException) as error:
        return Answer(0, time.monotonic() - started, body=repr(error).encode())
    finally:
        connection.close()


class Web:
    """granian with our application on a port, in a session of its own."""

    def __init__(
        self,
        database_url: str,
        data: Path,
        *,
        port: int = 0,
        processes: int = 1,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port or free_port()
        self.said = data / f"web.{self.port}"
        address = Address("127.0.0.1", self.port)
        how = Settings(data, address, f"http://{address}", processes, 32, "", "")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
        self._command = web_command(how, "evenhand.config.wsgi:application")
        self._environ = {
            **kept,
            "DATABASE_URL": database_url,
            "EVENHAND_DATA": str(data),
            "EVENHAND_BIND": str(address),
            "EVENHAND_WEB_THREADS": str(how.web_threads),
            "EVENHAND_SECRET_KEY": settings.SECRET_KEY,
            "EVENHAND_INTAKE_PER_SECOND": "1000000",
            **(environ or {}),
        }
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self.said.open("ab") as said:
            return subprocess.Popen(
                self._command, cwd=ROOT, env=self._environ, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip

    def start_again(self) -> None:
        """A new one, on the same port."""
        self.process = self._start()

    def ready(self) -> "Web":
        """Itself, when it answers."""
        until(self._answers)
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said.read_text()
        return ask(self.port, "/readyz").status == 200

    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [int(one) for one in _children_of(pid) if _is_worker(int(one))]

    def end(self) -> int:
        """Ask it to stop; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(SIGTERM)
        return self.process.wait()

    def kill(self) -> None:
        """All of it, at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, SIGKILL)
        self.process.wait()


def _children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _is_worker(pid: int) -> bool:
    try:
        return "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


@dataclass
class Sender:
    """A program that sends leads one after the other, some twice, and notes every answer."""

    port: int
    token: str
    number: int
    answers: list[tuple[str, Answer]] = field(default_factory=list)

    def send(self, key: str) -> Answer:
        """One lead under a key."""
        phone = f"138{self.number:02}{int(key.rpartition('-')[2]):06}"
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        answer = ask(
            self.port, "/api/v1/leads", body={"name": "王芳", "phone": phone}, headers=headers
        )
        self.answers.append((key, answer))
        return answer

    def run(self, over: Event) -> None:
        """Send until it is over; what got no lead is sent again under its key."""
        number = 0
        while not over.is_set():
            key = f"k{self.number}-{number}"
            answer = self.send(key)
            if answer.status == 201 and number % 10 == 0:
                self.send(key)  # again: the first answer must come
            if answer.status == 201:
                number += 1
            else:
                over.wait(0.05)


@dataclass
class Reader:
    """Somebody who reads a page again and again, and notes every answer."""

    port: int
    cookie: str
    answers: list[tuple[str, Answer]] = field(default_factory=list)

    def run(self, over: Event) -> None:
        """Read until it is over."""
        while not over.is_set():
            answer = ask(self.port, "/leads", headers={"Cookie": self.cookie})
            self.answers.append(("", answer))
            over.wait(0.05)


class Senders:
    """Several of them at once, and somebody who reads."""

    def __init__(self, port: int, token: str, count: int, *, cookie: str) -> None:
        self.each = [Sender(port, token, number) for number in range(count)]
        self.reader = Reader(port, cookie)
        self._over = Event()
        runs = [one.run for one in (*self.each, self.reader)]
        self._threads = [Thread(target=run, args=(self._over,)) for run in runs]

    def __enter__(self) -> "Senders":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join()

    @property
    def answers(self) -> list[tuple[str, Answer]]:
        """All answers so far, of leads and of pages."""
        return [found for one in (*self.each, self.reader) for found in list(one.answers)]

    def wait_for(self, more: int) -> None:
        """Until so many more leads were acknowledged."""
        goal = len(self.acknowledged()) + more
        until(lambda: len(self.acknowledged()) >= goal)

    def acknowledged(self) -> dict[str, int]:
        """Which lead each key was told to have become.

        :raises AssertionError: one key was told two leads.
        """
        told: dict[str, int] = {}
        for key, answer in self.answers:
            if key and answer.status in (200, 201):
                lead = int(json.loads(answer.body)["lead_id"])
                assert told.setdefault(key, lead) == lead, key
        return told

    def statuses(self) -> Counter[int]:
        """How often each status came."""
        return Counter(answer.status for _, answer in self.answers)
