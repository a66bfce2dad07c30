"""F1: the whole document of the API, operation by operation, as schemathesis makes requests of it.

Every request goes through the WSGI application in this process, as one of three programs: with
every scope for sales operations, with every scope for a rep, and one that may only read. What a
request changed is taken back before the next. Whatever stands in it, the answer is one that the
document names, in the shape that it names, and a request that it does not allow is refused.

`EVENHAND_API_REQUESTS=1000 python -m pytest tests/server/api/test_whole_api.py -m slow -s` makes so
many of each kind to each operation; `bin/test --all` makes six.
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

from evenhand.api import schemas
from evenhand.api.openapi import document
from evenhand.leads.models import Lead
from evenhand.people.models import ApiToken, Bucket
from evenhand.platform.invariants import Finding, examine
from tests.access.company import World
from tests.server.api.caller import Caller
from tests.server.api.fuzzed import CHECKS, Api, name_of

pytestmark = pytest.mark.django_db

# A row that cannot be used is refused in its row, and the others are taken in.
ROW_BY_ROW = frozenset({"leads_take_in_bulk"})


def problems(api: Api, operation: Any, who: str, *, count: int, number: int = 0) -> dict[str, str]:
    """What so many requests of each kind found, once per kind of failure."""
    found: dict[str, str] = {}

    def note(case: Any) -> None:
        for failure in _failures(case, api.tokens[who]):
            key = f"{who} {name_of(operation)}: {failure.title}"
            found.setdefault(key, f"{failure.message}\n{case.as_curl_command()}"[:1500])

    @_often(count, number)
    @given(case=operation.as_strategy(), chance=st.randoms(use_true_random=False))
    def ask(case: Any, chance: Any) -> None:
        _made_real(api.world, case, chance)
        note(case)

    @_often(count, number)
    @given(case=operation.as_strategy(GenerationMode.NEGATIVE))
    def ask_wrongly(case: Any) -> None:
        note(case)

    ask()
    ask_wrongly()
    return found


def _often(count: int, number: int) -> Callable[[Any], Any]:
    told = settings(
        max_examples=count, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    return lambda test: seed(number)(told(test))


def _failures(case: Any, token: str) -> list[Failure]:
    headers = {"Authorization": f"Bearer {token}"}
    is_by_row = name_of(case.operation) in ROW_BY_ROW
    named = [one for one in CHECKS if not (is_by_row and one is checks.negative_data_rejection)]
    with transaction.atomic():
        try:
            case.call_and_validate(headers=headers, checks=named)
        except FailureGroup as group:
            return list(group.exceptions)
        except Failure as failure:
            return [failure]
        finally:
            transaction.set_rollback(True)
    return []


def _made_real(world: World, case: Any, chance: Any) -> None:
    """Random ids are nobody's: mostly, those of things that are there take their place."""
    for name in case.path_parameters or {}:
        if name in world.values and chance.random() < 0.8:
            case.path_parameters[name] = world.values[name]
    if isinstance(case.body, dict):
        for name, value in case.body.items():
            if name in world.values and isinstance(value, int) and chance.random() < 0.8:
                case.body[name] = int(world.values[name])


MANY = int(os.environ.get("EVENHAND_API_REQUESTS") or 6)
# Who asks what in the short form: everything once, in turns.
_TURNS = ("ops", "rep", "ops", "read")


def _all_problems(api: Api, turns: tuple[str, ...], count: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, operation in enumerate(api.operations()):
        found |= problems(api, operation, turns[number % len(turns)], count=count)
    return found


def test_every_operation_answers_as_the_document_says(api: Api) -> None:
    assert len(api.operations()) >= 90

    assert _all_problems(api, _TURNS, count=1) == {}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["ops", "rep", "read"])
def test_every_operation_answers_each_of_them_as_the_document_says(api: Api, who: str) -> None:
    print(f"{who}: {len(api.operations())} operations, {MANY} requests of each kind")
    assert _all_problems(api, (who,), count=MANY) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("writer")
def test_the_intake_answers_as_the_document_says_and_leaves_no_promise_broken(api: Api) -> None:
    """It commits, so nothing can be taken back: what is left is examined."""
    intake = api.schema.find_operation_by_id("leads_take_in")
    before = _broken()

    for who in ("ops", "rep", "read"):
        assert problems(api, intake, who, count=8) == {}

    assert Lead.objects.filter(via="api").exists()
    assert _broken() == before


def _broken() -> list[Finding]:
    with connection.cursor() as cursor:
        return examine(cursor)


@pytest.mark.parametrize("token", ["", "evh_nobody", "revoked"])
def test_nobody_gets_anything_but_a_refusal(api: Api, token: str) -> None:
    """Also where schemathesis' own check sees no success to be taken away."""
    if token == "revoked":
        token = api.tokens["ops"]
        ApiToken.objects.update(revoked_at="2026-01-01T00:00:00Z")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client = Client(raise_request_exception=False)

    for operation in api.operations():
        address = _address(api.world, operation)
        answer = client.generic(operation.method.upper(), address, b"", headers=headers)
        assert answer.status_code == 401, operation.label


def test_a_method_that_the_document_does_not_have_is_refused_by_name(api: Api) -> None:
    headers = {"Authorization": f"Bearer {api.tokens['ops']}"}
    client = Client(raise_request_exception=False)
    known: dict[str, set[str]] = {}
    for operation in api.everything():
        known.setdefault(_address(api.world, operation), set()).add(operation.method.upper())

    for address, methods in known.items():
        Bucket.objects.all().delete()
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"} - methods:
            answer = client.generic(method, address, b"", headers=headers)
            assert answer.status_code == 405, f"{method} {address}"
            assert methods <= set(answer.headers["Allow"].split(", ")), address


def _address(world: World, operation: Any) -> str:
    return re.sub(r"{(\w+)}", lambda found: world.values[found[1]], operation.full_path)


def _without_fields(told: Any) -> None:
    told["components"]["schemas"]["LoadOut"]["required"].append("shoe_size")


def _with_a_smaller_bound(told: Any) -> None:
    told["components"]["schemas"]["AccountIn"]["properties"]["name"]["maxLength"] = 3


def _without_a_status(told: Any) -> None:
    for status in ("401", "403", "404"):
        del told["paths"]["/api/v1/leads/{lead_id}/void"]["post"]["responses"][status]


def test_an_answer_that_the_document_does_not_name_is_found(api: Api) -> None:
    """The control: with a document that says something else the same requests fail."""
    told = deepcopy(dict(document("en")))
    for spoil in (_without_fields, _with_a_smaller_bound, _without_a_status):
        spoil(told)
    api.read(told)

    for name, title in (
        ("workload_list", "Response violates schema"),
        ("accounts_create", "Schema-violating request accepted"),
        ("leads_void", "Undocumented status code"),
    ):
        found = problems(api, api.schema.find_operation_by_id(name), "ops", count=12)
        assert f"ops {name}: {title}" in found


def test_a_fault_of_the_server_is_found(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.api.endpoints.policies.active_lines", lambda: 1 // 0)
    lines = api.schema.find_operation_by_id("lines_list")

    assert "ops lines_list: Server error" in problems(api, lines, "ops", count=1)


def test_no_two_shapes_of_the_document_have_one_name() -> None:
    """The second would take the place of the first, and the document would be wrong of it."""
    names = Counter(
        name
        for module in iter_modules(schemas.__path__)
        for name, one in vars(import_module(f"{schemas.__name__}.{module.name}")).items()
        if isinstance(one, type)
        and issubclass(one, Schema)
        and one.__module__.endswith(module.name)
    )

    assert len(names) >= 100
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", ["/leads", "/accounts", "/opportunities", "/decisions"])
def test_lists_are_narrowed_by_the_key_of_a_line(api: Api, path: str) -> None:
    """Found by the slow form: `/leads?line=` with any key was a fault of the server."""
    ops = Caller(api.tokens["ops"])

    everything = ops.get(path).json()["items"]

    assert everything
    if path in ("/leads", "/decisions"):
        assert ops.get(f"{path}?line=direct").json()["items"] == everything
    assert ops.get(f"{path}?line=nowhere").json()["items"] == []


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("1232-09-11T11:06:01+18:03", 200),
        ("2026-03-10T00:00:00-23:59", 200),
        ("0001-01-01T00:00:00+23:00", 422),
        ("9999-12-31T23:59:59-23:00", 422),
    ],
)
def test_a_moment_of_any_offset_is_read_or_refused(api: Api, moment: str, status: int) -> None:
    """Found by the slow form: an offset that PostgreSQL does not know was a fault of the server."""
    answer = Caller(api.tokens["ops"]).get(f"/decisions?since={quote(moment)}")

    assert answer.status_code == status
