"""To a database on another machine nothing goes unencrypted unless its address says so."""

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from evenhand.platform.postgres.addresses import encrypted, external
from tests.server.drills.proxy import Proxy

ELSEWHERE = (
    "postgresql://app:pw@db.example.com/evenhand",
    "postgresql://app@10.0.0.7:6432/evenhand?application_name=x",
    "postgresql://app@127.0.0.1,db2.example.com/evenhand",
    "postgresql:///evenhand?hostaddr=192.0.2.7",
    "host=db.example.com dbname=evenhand",
)
AS_IT_IS = (
    "",
    "postgresql:///evenhand",
    "postgresql://app@/evenhand?host=/run/postgresql",
    "postgresql://app@127.0.0.1:5432/evenhand",
    "postgresql://app@localhost/evenhand",
    "postgresql://app@[::1]/evenhand",
    "postgresql://app@db.example.com/evenhand?sslmode=disable",  # who writes it has decided
    "postgresql://app@db.example.com/evenhand?sslmode=verify-full",
    "host=db.example.com sslmode=verify-ca",
    "no address at all",
)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_another_machine_is_spoken_to_encrypted_or_not_at_all(url: str) -> None:
    found = encrypted(url, {})

    before = conninfo_to_dict(url)
    assert conninfo_to_dict(found) == {**before, "sslmode": "require"}
    assert encrypted(found, {}) == found


@pytest.mark.parametrize("url", AS_IT_IS)
def test_this_machine_and_what_says_how_stay_as_they_are(url: str) -> None:
    assert encrypted(url, {}) == url


def test_the_environment_of_the_driver_may_say_it_too() -> None:
    assert encrypted(ELSEWHERE[0], {"PGSSLMODE": "verify-full"}) == ELSEWHERE[0]


def test_every_role_goes_encrypted() -> None:
    owner, long = "postgresql://o@db.example.com/e", "postgresql://l@db.example.com/e"
    app = "postgresql://a@db.example.com/e"
    environ = {"DATABASE_URL": app, "DATABASE_URL_OWNER": owner, "DATABASE_URL_LONG": long}

    found = external(environ)

    assert found is not None
    each = (found.app_url, found.owner_url, found.long_url)
    assert each == tuple(f"{one}?sslmode=require" for one in (app, owner, long))


def test_a_server_that_cannot_encrypt_is_refused_and_not_spoken_to_in_plain(
    settings: object,
) -> None:
    """The server of the tests has no certificate; by itself the driver would go on in plain."""
    known = settings.DATABASES["default"]  # type: ignore[attr-defined]
    # A socket is not encrypted, whatever the address asks for: to be asked over the network.
    network = Proxy((str(known["HOST"]), int(known["PORT"])))
    plain = (
        f"host=127.0.0.1 port={network.port} user={known['USER']}"
        f" password='{known['PASSWORD']}' dbname=postgres"
    )
    try:
        with psycopg.connect(plain) as control:
            assert control.info.status == psycopg.pq.ConnStatus.OK
        with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
            psycopg.connect(f"{plain} sslmode=require")
    finally:
        network.drop()
