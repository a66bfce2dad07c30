"""Every route × method × who asks, from one file; a route that is missing there fails.

Denied means: nothing of the object in the answer, and nothing changed. `matrix.toml` names who is
let in; everybody else is denied.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.leads import access
from tests.access.company import SECRETS, World, build

pytestmark = pytest.mark.django_db

MATRIX: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "matrix.toml").read_text(encoding="utf-8")
)["allowed"]
# Waits for news, and the intake by group commit, which writes on a connection of its own.
APART = frozenset({"GET live", "POST api/v1/leads", "POST intake"})
LEAVING = "POST logout"  # leads to the login when all went well
DENIED = frozenset({302, 401, 403, 404, 405})
# The input was wrong, so the door was not tried to the end; still nothing may change.
UNTRIED = frozenset({400, 409, 415, 422})
# They never see anything of Ren's, whatever they get.
STRANGERS = frozenset({"anon", "gone", "peer", "other", "intake"})
METHODS = ("GET", "POST")


def routes() -> list[str]:
    """Every route of the server but static files, once per method."""
    found = dict.fromkeys(_walk(get_resolver().url_patterns))
    return [f"{method} {route}" for route in found for method in METHODS]


def _walk(patterns: Any, start: str = "") -> Iterator[str]:
    for one in patterns:
        route = start + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        elif isinstance(one, URLPattern) and not route.startswith("^"):
            yield route


def answers(world: World, route: str) -> dict[str, tuple[int, str, bool]]:
    """Status, body, and, of who was not let in, whether something changed; by who asks.

    Every change is taken back.
    """
    method, _, pattern = route.partition(" ")
    address = world.address(pattern)
    found = {}
    # Every change is taken back, so that what was before the first was before all others.
    before = fingerprint()
    for name, ask in world.askers.items():
        with transaction.atomic():
            answer = ask(method, address)
            is_login = answer.status_code == 302 and _leads_to_login(answer.headers["Location"])
            is_login &= route != LEAVING
            status = answer.status_code if answer.status_code != 302 or is_login else 200
            body = b"".join(answer) if answer.streaming else answer.content
            is_in = status not in DENIED | UNTRIED
            changed = not is_in and fingerprint() != before
            found[name] = (status, body.decode("utf-8", "replace"), changed)
            transaction.set_rollback(True)
    return found


def _leads_to_login(address: str) -> bool:
    return address.startswith("/login") or address.endswith("/login")


def fingerprint() -> tuple[Any, ...]:
    """How many rows there are of everything, and where Ren's things are."""
    tables = "lead company opportunity contact activity receipt event outbox notice person".split()
    with connection.cursor() as cursor:
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        cursor.execute(
            f"SELECT {counts}, (SELECT string_agg(concat_ws('|', id, state, owner_id, stage,"
            " name), ';') FROM lead), (SELECT string_agg(role || is_active || epoch, ';' ORDER BY"
            " id) FROM person)"
        )
        return tuple(cursor.fetchone())


@pytest.fixture
def world() -> World:
    return build()


def test_the_matrix_knows_every_route_and_no_other() -> None:
    known = set(MATRIX) | APART

    assert set(routes()) - known == set(), "routes that matrix.toml does not know"
    assert known - set(routes()) == set(), "routes that are no more"


def test_everybody_is_let_in_where_the_matrix_says_and_nowhere_else(world: World) -> None:
    wrong = []
    for route, allowed in MATRIX.items():
        for name, (status, body, changed) in answers(world, route).items():
            is_in = status not in DENIED | UNTRIED
            if is_in != (name in allowed):
                wrong.append(f"{route}: {name} got {status}")
            if not is_in and changed:
                wrong.append(f"{route}: {name} got {status} and something changed")
            is_kept_out = status in DENIED or name in STRANGERS
            if is_kept_out and any(secret in body for secret in SECRETS):
                wrong.append(f"{route}: {name} got {status} and read a secret")

    assert wrong == []


def test_with_the_wall_down_the_matrix_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a matrix that cannot fail proves nothing."""

    monkeypatch.setattr(access, "reach_of", lambda actor: access.Reach(None))

    seen = answers(world, "GET leads/<int:lead_id>")

    assert seen["other"][0] == 200 and SECRETS[0] in seen["other"][1]
