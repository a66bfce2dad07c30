"""Whoever could switch the guards off is not let in as the application; the roles can be made."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from evenhand.cli.main import main
from evenhand.platform.postgres.addresses import SUPERUSER, Database, external, socket_url
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.wall import TooMuchPower, check_power
from tests.cli.serve.running import free_port

TABLES = """
CREATE TABLE event (id bigserial PRIMARY KEY, what text);
CREATE TABLE lead (id bigint GENERATED ALWAYS AS IDENTITY, what text);
CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER guarded BEFORE UPDATE ON lead FOR EACH ROW EXECUTE FUNCTION guard();
CREATE EXTENSION IF NOT EXISTS pg_trgm;
INSERT INTO lead (what) VALUES ('before');
"""


@pytest.fixture
def socket(root: Path) -> Iterator[Path]:
    with embedded(root, settings={"fsync": "off"}) as server:
        yield server.socket


@pytest.fixture
def theirs(socket: Path) -> str:
    """A database of somebody else's server, in which one role did everything so far."""
    with psycopg.connect(socket_url(socket, role=SUPERUSER), autocommit=True) as admin:
        admin.execute("CREATE ROLE shop LOGIN")
        admin.execute("CREATE DATABASE shop OWNER shop")
    with psycopg.connect(socket_url(socket, role="shop", name="shop")) as shop:
        shop.execute(TABLES)
    return socket_url(socket, role=SUPERUSER, name="shop")


def only(url: str) -> Database:
    return Database(owner_url=url, app_url=url, long_url=url)


def test_the_roles_of_our_own_server_pass(socket: Path) -> None:
    owner, app, long = (
        socket_url(socket, role=f"evenhand_{name}") for name in ("owner", "app", "long")
    )

    check_power(Database(owner, app, long))

    for url in (owner, socket_url(socket, role=SUPERUSER)):
        for wrong in (Database(owner, url, long), Database(owner, app, url)):
            with pytest.raises(TooMuchPower):
                check_power(wrong)


def test_a_superuser_and_an_owner_are_refused_each_with_its_reason(theirs: str) -> None:
    shop = theirs.replace("//postgres@", "//shop@")

    with pytest.raises(TooMuchPower) as superuser:
        check_power(only(theirs))
    with pytest.raises(TooMuchPower) as owner:
        check_power(only(shop))

    assert superuser.value.why.code == "server.role_is_superuser"
    assert owner.value.why.code == "server.role_owns_tables"


def test_serve_does_not_start_with_one_role_for_everything(theirs: str, tmp_path: Path) -> None:
    environ = {
        "DATABASE_URL": theirs,
        "EVENHAND_DATA": str(tmp_path),
        "EVENHAND_BIND": f"127.0.0.1:{free_port()}",
    }

    said = CliRunner().invoke(main, ["serve", "--lang", "en"], env=environ)

    assert said.exit_code == 2
    assert "evenhand make-roles ADMIN_URL" in said.stderr


def test_roles_are_made_and_what_was_there_stays(
    theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = CliRunner().invoke(main, ["make-roles", theirs, "--lang", "en"])
    assert said.exit_code == 0, said.output
    lines = [line.removeprefix("export ") for line in said.stdout.splitlines()]
    found = external({name: url.strip("'") for name, _, url in (o.partition("=") for o in lines)})
    assert found is not None

    check_power(found)

    with psycopg.connect(found.app_url) as app:
        app.execute("INSERT INTO lead (what) VALUES ('after')")
        app.execute("INSERT INTO event (what) VALUES ('a')")
        rows = app.execute("SELECT what FROM lead ORDER BY id").fetchall()
        assert rows == [("before",), ("after",)]
    for statement in ("UPDATE event SET what = ''", "ALTER TABLE lead DISABLE TRIGGER ALL"):
        with (
            psycopg.connect(found.long_url) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute(statement)  # type: ignore[call-overload]
    with psycopg.connect(found.owner_url) as owner:
        owner.execute("ALTER TABLE lead ADD COLUMN more text")
        owner.execute(
            "CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN OLD; END $$"
        )
        owner.execute("CREATE TABLE later (id int)")
    with psycopg.connect(found.app_url) as app:
        app.execute("INSERT INTO later VALUES (1)")


def test_made_again_they_have_new_passwords(theirs: str) -> None:
    first, second = (CliRunner().invoke(main, ["make-roles", theirs]).stdout for _ in range(2))

    assert first.count("export ") == second.count("export ") == 3
    assert not set(first.splitlines()) & set(second.splitlines())


def test_who_may_not_make_roles_is_told_and_nothing_changes(theirs: str) -> None:
    shop = theirs.replace("//postgres@", "//shop@")

    said = CliRunner().invoke(main, ["make-roles", shop, "--lang", "en"])

    assert said.exit_code == 2
    assert "nothing was changed" in said.stderr
    with psycopg.connect(theirs) as admin:
        owners = admin.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname='public'"
        )
        assert owners.fetchall() == [("shop",)]
