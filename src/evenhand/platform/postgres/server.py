"""One running PostgreSQL server: started, ready, watched, stopped."""

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGINT

from evenhand.engine.reasons import reason
from evenhand.platform.death_signal import tied_to_us
from evenhand.platform.postgres.account import Account
from evenhand.platform.postgres.addresses import Database, on_socket
from evenhand.platform.postgres.cluster import ENVIRONMENT, Layout, rotate_log
from evenhand.platform.postgres.failure import CannotLaunch
from evenhand.platform.postgres.memory import shared_buffers
from evenhand.platform.postgres.predecessor import settle

# Figures for a small machine; the caller's win. Statements and details stay out of the log,
# because they carry names and telephone numbers.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "60",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_READY_LINE = 7  # of postmaster.pid, counted from 0
_POLL_SECONDS = 0.01


@dataclass
class Server:
    """A server of one cluster. It can be started again after it died; the addresses stay."""

    layout: Layout
    binaries: Path
    account: Account
    socket: Path
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def database(self) -> Database:
        """How to reach it."""
        return on_socket(self.socket)

    @property
    def is_running(self) -> bool:
        """Whether the postmaster lives."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Settle the predecessor, start, and return when connections are taken.

        The predecessor may be this server itself, which died. There is no limit: recovery after
        a crash takes as long as it takes.

        :raises CannotLaunch: the server ended instead; the reason names its log.
        """
        self.stop()
        settle(self.layout.data)
        rotate_log(self.layout)
        self.process = self._spawn()
        while not self._is_ready(self.process.pid):
            if not self.is_running and not self._is_ready(self.process.pid):
                raise CannotLaunch(reason("server.database_ended", log=str(self.layout.log)))
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Shut down (SIGINT: running transactions are rolled back) and wait for the end."""
        if self.process is not None:
            if self.is_running:
                self.process.send_signal(SIGINT)
            self.process.wait()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = [str(self.binaries / "postgres"), "-D", str(self.layout.data)]
        for name, value in {**SETTINGS, **self._own_settings(), **self.settings}.items():
            command += ["-c", f"{name}={value}"]
        with self.layout.log.open("ab") as log:
            return subprocess.Popen(
                command,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C is for us to handle
                preexec_fn=tied_to_us(SIGINT),
                **self.account.options(),
            )

    def _own_settings(self) -> dict[str, str]:
        return {
            "shared_buffers": shared_buffers(),
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0770" if self.account.is_switched else "0700",
        }

    def _is_ready(self, pid: int) -> bool:
        """What PostgreSQL writes into its pid file when it is."""
        try:
            lines = (self.layout.data / "postmaster.pid").read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return False
        return (
            len(lines) > _READY_LINE
            and lines[0].strip() == str(pid)
            and lines[_READY_LINE].strip() == "ready"
        )
