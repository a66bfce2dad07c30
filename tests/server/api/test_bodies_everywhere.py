"""F7: every route that takes a body, given bodies that are meant to hurt: refused, never a fault.

The API gets JSON, the pages get forms, and both get what is meant for the other. What a request
changed is taken back before the next.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from evenhand.api.examples import BODIES
from evenhand.api.openapi import document
from evenhand.people.models import Bucket
from tests.access.company import FORM as FIELDS_OF_FORMS
from tests.access.company import World, build
from tests.access.test_matrix import APART, routes
from tests.server.api.caller import token_of
from tests.server.api.test_hostile_bodies import HOSTILE
from tests.server.cast import browser

pytestmark = pytest.mark.django_db

# What no field of any call takes for itself, whatever its type.
WRONG: tuple[Any, ...] = (
    {"a": {"b": [1]}}, [[[]]], [None], "\x00\ud800", "🧨" * 5_000, "９" * 40, "2026-02-30T25:00",
    10**400, -(10**30), 2**63, 1e308, -0.0, True, "", None,
)  # fmt: skip
_EVERYDAY = 3  # of WRONG, in turns
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
# Every field of the access tests' form, with something that no field takes.
_FIELDS = urlencode(
    [(name, value) for name in FIELDS_OF_FORMS for value in ("\x00", "９" * 400, "🧨", "-1", "[]")]
).encode()
_LONG = b"9" * 5_000
_FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="..\\\\a\x00.csv"\r\n'
BODIES_OF_PAGES: tuple[tuple[str, bytes], ...] = (
    (FORM, b"&".join(b"a%d=1" % number for number in range(2_000))),
    (FORM, b"id=%00&ids=%ff%fe&note=\xff\xfe&=&&%=%zz"),
    (FORM, b"id=" + _LONG + b"&ids=-1&ids=" + _LONG + b"&value=1e999&line=%F0%9F%A7%A8"),
    (PARTS, _FILE + b"\r\n\xff\xfe\x00\r\n--x--\r\n"),
    (PARTS, b"--x\r\nContent-Disposition: form-data"),
    (PARTS, b""),
    (JSON, b"[" * 100_000),
    (JSON, b'{"id": NaN}'),
    ("text/plain; charset=nonsense", b"\xff"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"id=+AAA-"),
    (FORM, _FIELDS),
)


@pytest.fixture
def world() -> World:
    return build()


def writing() -> Iterator[tuple[str, str, str, bool]]:
    """Method, address, name of the operation and whether it takes a body, of the whole document."""
    for path, methods in document("en")["paths"].items():
        for method, one in methods.items():
            if method in ("post", "put", "patch") and path != "/api/v1/leads":
                yield method.upper(), path, one["operationId"], "requestBody" in one


def _address(world: World, path: str) -> str:
    return re.sub(r"{(\w+)}", lambda found: world.values[found[1]], path)


def _send(client: Client, method: str, address: str, body: bytes, kind: str, **more: str) -> Any:
    with transaction.atomic():
        answer = client.generic(method, address, body, content_type=kind, headers=more)
        transaction.set_rollback(True)
    return answer


def wrong_bodies(name: str, turn: int, count: int) -> Iterator[bytes]:
    """The example of an operation with one field after the other replaced."""
    right = BODIES.get(name, {})
    for place, field in enumerate(right):
        for step in range(count):
            value = WRONG[(turn + place + step) % len(WRONG)]
            yield json.dumps({**right, field: value}).encode()


def _statuses(world: World, count: int, *, only: str = "") -> Counter[int]:
    """How often what was answered to all bodies, all routes."""
    headers = {"Authorization": f"Bearer {token_of(world.people.olga)}"}
    client = Client(raise_request_exception=False)
    found: Counter[int] = Counter()
    faults = []
    for turn, (method, path, name, has_body) in enumerate(writing()):
        if only and name != only:
            continue
        address = _address(world, path)
        hostile = list(HOSTILE.items())
        chosen = hostile if count > _EVERYDAY else hostile[turn % 4 :: 4]
        for what, (body, _) in chosen:
            status = _send(client, method, address, body, JSON, **headers).status_code
            found[status] += 1
            if status >= 500 or (has_body and body and status < 400):
                faults.append((name, what, status))
        for body in wrong_bodies(name, turn, count):
            status = _send(client, method, address, body, JSON, **headers).status_code
            found[status] += 1
            if status >= 500:
                faults.append((name, body[:200], status))
    assert faults == []
    return found


def test_no_call_falls_over_a_hostile_body(world: World) -> None:
    found = _statuses(world, _EVERYDAY)

    assert found[400] > 100 and found[422] > 100


@pytest.mark.slow
def test_no_call_falls_over_any_wrong_value_of_any_field(world: World) -> None:
    found = _statuses(world, len(WRONG))

    assert found[422] > 1_000


def _pages() -> list[str]:
    posts = (
        one.partition(" ")[2] for one in routes() if one.startswith("POST ") and one not in APART
    )
    return [one for one in posts if not one.startswith(("api/v1/", "logout", "live"))]


def _faults_of_pages(world: World, every: int) -> list[tuple[str, str, int]]:
    people = world.people
    clients = [browser(people.olga), browser(people.ren), browser(people.alice), browser()]
    for client in clients:
        client.raise_request_exception = False
    found = []
    for turn, route in enumerate(_pages()):
        address = world.address(route)
        for number, (kind, body) in enumerate(BODIES_OF_PAGES):
            if (turn + number) % every:
                continue
            client = clients[(turn + number) % len(clients)]
            cookies = client.cookies.copy()
            answer = _send(client, "POST", address, body, kind)
            client.cookies = cookies
            if answer.status_code >= 500:
                found.append((route, f"{kind} {body[:60]!r}", answer.status_code))
    return found


def test_no_page_falls_over_a_hostile_body(world: World) -> None:
    assert len(_pages()) > 100

    assert _faults_of_pages(world, every=7) == []


@pytest.mark.slow
def test_no_page_falls_over_any_hostile_body(world: World) -> None:
    assert _faults_of_pages(world, every=1) == []


def test_ten_megabytes_are_refused_unread_everywhere(world: World) -> None:
    headers = {"Authorization": f"Bearer {token_of(world.people.olga)}"}
    client = Client(raise_request_exception=False)
    body = b"[" + b" " * 10_000_000 + b"]"

    for method, path, name, _ in writing():
        Bucket.objects.all().delete()
        address = _address(world, path)
        status = _send(client, method, address, body, JSON, **headers).status_code
        assert status == 413, name


@pytest.mark.parametrize("length", ["abc", "-1", "1e3", "９", "", "1,1"])
def test_a_length_that_is_none_is_no_fault_of_ours(world: World, length: str) -> None:
    token = token_of(world.people.olga)

    answer = Client(raise_request_exception=False).generic(
        "POST", "/api/v1/accounts", b'{"name": "x"}', content_type=JSON,
        headers={"Authorization": f"Bearer {token}"}, CONTENT_LENGTH=length,
    )  # fmt: skip

    assert answer.status_code in (400, 422)


def test_a_call_that_falls_over_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one view that does not expect what it gets."""

    def careless(given: Any, **more: Any) -> Any:
        return {}[given]

    monkeypatch.setattr("evenhand.api.endpoints.accounts.create_company", careless)

    with pytest.raises(AssertionError, match="accounts_create"):
        _statuses(world, len(WRONG), only="accounts_create")
