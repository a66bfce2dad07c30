"""A real server for the tests: started, spoken to, killed."""

import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from signal import SIG_DFL, SIGINT, SIGKILL, SIGTERM, Signals, signal

HERE = Path(__file__).parent
_SETTINGS = ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_LONG", "EVENHAND_URL")


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _hear_ctrl_c() -> None:
    signal(SIGINT, SIG_DFL)


class Running:
    """One `tiny_server.py` on a folder and a port."""

    def __init__(self, data: Path, port: int, **settings: str) -> None:
        self.data, self.port = data, port
        environ = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(HERE / "tiny_server.py")],
            # Tests that were started in the background (`bin/test &`) have Ctrl-C ignored.
            preexec_fn=_hear_ctrl_c,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **environ,
                "EVENHAND_DATA": str(data),
                "EVENHAND_BIND": f"127.0.0.1:{port}",
                **settings,
            },
        )

    def line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def lines_to(self, start: str) -> list[str]:
        """The lines up to one that begins like this."""
        lines = [self.line()]
        while not lines[-1].startswith(start):
            assert lines[-1], f"it ended: {self.process.communicate()}"
            lines.append(self.line())
        return lines

    def ready(self) -> "Running":
        """Itself, when it has said how to log in."""
        self.lines_to("log in")
        return self

    def visit(self) -> tuple[int, str]:
        """The web process that answers, and the address of its database."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            pid, url = answer.read().decode().split()
        return int(pid), url

    def answers(self) -> bool:
        with suppress(OSError):
            self.visit()
            return True
        return False

    def worker(self) -> str:
        """What the worker wrote: its pid, or that it finished."""
        with suppress(FileNotFoundError):
            return (self.data / "worker").read_text()
        return ""

    def postmaster(self) -> int:
        lines = (self.data / "postgres" / "pg18" / "postmaster.pid").read_text().splitlines()
        return int(lines[0])

    def end(self, signal: Signals = SIGTERM) -> tuple[int, str, str]:
        """Ask it to stop; exit code, and the rest of what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Wait for its end; exit code, and the rest of what it said."""
        if self.process.stdout is not None and not self.process.stdout.closed:
            self._rest = self.process.communicate()
        return self.process.returncode, *self._rest

    def kill(self) -> None:
        self.end(SIGKILL)
