"""What runs, and what each program may know."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.main import main
from evenhand.cli.serve.programs import Crew, crew_for
from evenhand.cli.serve.settings import read_settings
from evenhand.platform.postgres.addresses import Database

DATABASE = Database(owner_url="as owner", app_url="as app", long_url="as long")


def _crew(**environ: str) -> Crew:
    return crew_for(read_settings(environ), DATABASE, environ)


def test_web_and_two_workers_run_all_the_time() -> None:
    crew = _crew()

    assert [program.name for program in crew.lasting] == ["web", "worker sweeps", "worker long"]
    assert crew.migrate.command[-3:] == ("-m", "evenhand.cli", "migrate")
    assert crew.first_run.command[-3:] == ("-m", "evenhand.cli", "first-run")
    assert crew.lasting[2].command[-2:] == ("worker", "long")
    assert crew.lasting[0].command[-1] == "evenhand.config.wsgi:application"


def test_only_the_migration_can_become_the_owner_and_only_long_work_has_time() -> None:
    crew = _crew(DATABASE_URL="x", DATABASE_URL_OWNER="secret", DATABASE_URL_LONG="y")
    web, sweeps, long = crew.lasting

    assert crew.migrate.environ["DATABASE_URL_OWNER"] == "as owner"
    assert long.environ["DATABASE_URL_LONG"] == "as long"
    for program in (crew.first_run, web, sweeps, long):
        assert program.environ["DATABASE_URL"] == "as app"
        assert "DATABASE_URL_OWNER" not in program.environ
    for program in (crew.migrate, crew.first_run, web, sweeps):
        assert "DATABASE_URL_LONG" not in program.environ


def test_every_program_learns_what_was_settled() -> None:
    crew = _crew(EVENHAND_DATA="/srv/x", EVENHAND_BIND="127.0.0.1:81", OTHER="kept")

    for program in (crew.migrate, crew.first_run, *crew.lasting):
        assert program.environ["EVENHAND_DATA"] == "/srv/x"
        assert program.environ["EVENHAND_BIND"] == "127.0.0.1:81"
        assert program.environ["EVENHAND_URL"] == "http://127.0.0.1:81"
        assert program.environ["OTHER"] == "kept"


@pytest.mark.parametrize(
    ("environ", "options"),
    [
        ({"EVENHAND_BIND": "[::1]:81"}, "--host ::1 --port 81"),
        ({"EVENHAND_WEB_PROCESSES": "4"}, "--workers 4"),
        ({"EVENHAND_WEB_THREADS": "532"}, "--blocking-threads 532"),
        ({}, "--interface wsgi"),
        ({}, "--respawn-failed-workers"),
        (
            {"EVENHAND_TLS_CERT": "c.pem", "EVENHAND_TLS_KEY": "k.pem"},
            "--ssl-certificate c.pem --ssl-keyfile k.pem",
        ),
    ],
)
def test_the_web_server_is_told_the_settings(environ: dict[str, str], options: str) -> None:
    assert options in " ".join(_crew(**environ).lasting[0].command)


def test_a_host_can_run_a_part() -> None:
    crew = _crew()

    assert [program.name for program in crew.part("web")] == ["web"]
    assert [program.name for program in crew.part("workers")] == ["worker sweeps", "worker long"]
    assert crew.part("") == crew.lasting


def test_a_part_alone_needs_a_database_that_is_shared(tmp_path: Path) -> None:
    said = CliRunner(env={"DATABASE_URL": "", "EVENHAND_DATA": str(tmp_path / "data")}).invoke(
        main, ["serve", "--only", "web", "--lang", "en"]
    )

    assert said.exit_code == 2
    assert "serve --only web works on a database that several hosts share" in said.output
    assert not (tmp_path / "data").exists()
