"""Several hosts over one database: a primary, its replica, a pooler, and `serve` in parts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from signal import SIGTERM

import psycopg
from django.conf import settings

from evenhand.platform.death_signal import tied_to_us
from evenhand.platform.folder import make_folder
from evenhand.platform.postgres.addresses import APPLICATION, LONG, NAME, OWNER, SUPERUSER
from evenhand.platform.postgres.cluster import Layout
from evenhand.platform.postgres.server import Server
from tests.cli.serve.running import free_port
from tests.processes import until
from tests.server.drills.own import Own
from tests.server.drills.prepared import ROOT
from tests.server.drills.served import ask


class Host:
    """A machine that runs a part of Evenhand, in a data folder of its own."""

    def __init__(self, folder: Path, only: str, **environ: str) -> None:
        self.port = free_port()
        folder.mkdir()
        self.said = folder / "said"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "evenhand.cli", "serve", "--only", only],
                cwd=ROOT,
                env={
                    **kept,
                    "EVENHAND_DATA": str(folder),
                    "EVENHAND_BIND": f"127.0.0.1:{self.port}",
                    "EVENHAND_SECRET_KEY": settings.SECRET_KEY,
                    "EVENHAND_INTAKE_PER_SECOND": "1000000",
                    "EVENHAND_DB_POOL": "6",
                    **environ,
                },
                stdout=said,
                stderr=said,
                preexec_fn=tied_to_us(SIGTERM),
            )

    def ready(self) -> None:
        """When it answers."""
        until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said.read_text()
        return ask(self.port, "/readyz").status == 200

    def programs(self) -> list[int]:
        """The processes that it started, by what they were started as."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def hosts(folder: Path, *parts: str, **environ: str) -> Iterator[list[Host]]:
    """One machine for each part, as long as the block lasts."""
    made = [Host(folder / f"host{number}", part, **environ) for number, part in enumerate(parts)]
    try:
        yield made
    finally:
        for one in made:
            one.process.send_signal(SIGTERM)
        for one in made:
            one.process.wait()


def url_to(*sockets: Path, role: str = APPLICATION, name: str = NAME) -> str:
    """A database behind one socket, or behind whichever of several takes writes."""
    several = "&target_session_attrs=read-write" if len(sockets) > 1 else ""
    return f"postgresql://{role}@/{name}?host={','.join(map(str, sockets))}&port=5432{several}"


def urls_to(*sockets: Path) -> dict[str, str]:
    """The settings of a host."""
    return {
        "DATABASE_URL": url_to(*sockets),
        "DATABASE_URL_LONG": url_to(*sockets, role=LONG),
    }


def as_superuser(server: Server, *statements: str) -> list[tuple[object, ...]]:
    """What the last statement gives."""
    url = url_to(server.socket, role=SUPERUSER)
    with psycopg.connect(url, autocommit=True) as own:
        for statement in statements:
            found = own.execute(statement.encode())
        return found.fetchall() if found.description else []


@contextmanager
def replica_of(primary: Server, root: Path) -> Iterator[Own]:
    """A streaming replica, made by the programs that the wheel brings."""
    layout = Layout(root)
    make_folder(root)
    copy_cluster_of(primary, layout, "--write-recovery-conf")
    server = replace(primary, layout=layout, socket=layout.data)
    server.start()
    try:
        until(lambda: as_superuser(primary, "SELECT count(*) FROM pg_stat_replication")[0][0])
        yield Own(server)
    finally:
        server.stop()


def copy_cluster_of(primary: Server, layout: Layout, *options: str) -> None:
    """A copy of a server's files while it runs."""
    for path in (layout.root, layout.data):
        path.mkdir(exist_ok=True)
        path.chmod(0o755 if path == layout.root else 0o700)
        primary.account.take(path)
    how = ("--wal-method=stream", "--checkpoint=fast", "--no-sync", *options)
    where = ("-D", str(layout.data), "-h", str(primary.socket), "-p", "5432", "-U", SUPERUSER)
    program = str(primary.binaries / "pg_basebackup")
    subprocess.run([program, *where, *how], check=True, **primary.account.options())
    layout.log.touch()
    primary.account.take(layout.log)


@contextmanager
def pooler(server: Server, folder: Path) -> Iterator[int]:
    """PgBouncer in transaction mode before a server; its port on this machine."""
    port = free_port()
    make_folder(folder)
    server.account.take(folder)
    file = folder / "pgbouncer.ini"
    file.write_text(
        f"""[databases]
* = host={server.socket} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder / "users"}
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
logfile = {folder / "log"}
pidfile = {folder / "pid"}
"""
    )
    (folder / "users").write_text("".join(f'"{one}" ""\n' for one in (APPLICATION, LONG, OWNER)))
    process = subprocess.Popen(
        ["/usr/sbin/pgbouncer", "-q", str(file)],
        preexec_fn=tied_to_us(SIGTERM),
        **server.account.options(),
    )
    try:
        until(lambda: process.poll() is not None or _accepts(port))
        assert process.poll() is None, (folder / "log").read_text()
        yield port
    finally:
        process.send_signal(SIGTERM)
        process.wait()


def _accepts(port: int) -> bool:
    try:
        psycopg.connect(_pooled(port)).close()
    except psycopg.OperationalError:
        return False
    return True


def _pooled(port: int, role: str = APPLICATION) -> str:
    return f"postgresql://{role}@127.0.0.1:{port}/{NAME}"


def pooled_urls(port: int, server: Server) -> dict[str, str]:
    """The settings of a host behind a pooler."""
    return {
        "DATABASE_URL": _pooled(port),
        "DATABASE_URL_DIRECT": url_to(server.socket),
        "DATABASE_URL_LONG": url_to(server.socket, role=LONG),
    }
