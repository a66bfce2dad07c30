"""F7: bodies that are meant to hurt get a 4xx before they cost anything."""

import json
from typing import Any

import pytest

from evenhand.api import strict_json
from evenhand.leads.models import Company, Lead
from tests.server.api.caller import Caller, error_of

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nothing": (b"", 400),
    "no JSON": (b"{", 400),
    "two values": (b"{} {}", 400),
    "latin-1": ('{"name": "é"}'.encode("latin-1"), 400),
    "utf-16": ('{"name": "x"}'.encode("utf-16"), 400),
    "raw NUL": (b'{"name": "a\x00b"}', 400),
    "depth 1,000": (b'{"name":' + b"[" * 1000 + b"]" * 1000 + b"}", 400),
    "depth 100,000": (b"[" * 100_000, 400),
    "many brackets": (b"[" + b"[]," * 30_000 + b"[]]", 400),
    "many commas": (b"[" + b"1," * 300_000 + b"1]", 400),
    "duplicate keys": (b'{"name": "a", "name": "b"}', 400),
    "duplicate keys inside": (b'{"name": "a", "extra": {"x": 1, "x": 2}}', 400),
    "NaN": (b'{"name": "a", "budget": NaN}', 400),
    "Infinity": (b'{"name": "a", "budget": -Infinity}', 400),
    "beyond a float": (b'{"name": "a", "extra": {"x": 1e999}}', 400),
    "beyond an int": (b'{"name": "a", "budget": ' + b"9" * 5000 + b"}", 400),
    "a huge int": (b'{"name": "a", "budget": ' + b"9" * 400 + b"}", 422),
    "a list": (b'[{"name": "a"}]', 422),
    "a text": (b'"name"', 422),
    "null": (b"null", 422),
    "wrong types": (b'{"name": 7, "extra": [1], "budget": true}', 422),
    "an unknown field": (b'{"name": "a", "owner_id": 1}', 422),
}


@pytest.mark.parametrize("path", ["/leads", "/accounts"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_refused_and_nothing_is_written(
    ops: Caller, path: str, name: str
) -> None:
    body, status = HOSTILE[name]

    answer = ops.send("POST", path, raw=body)

    assert answer.status_code in {status, 422 if body == b"" else status}
    error_of(answer)
    assert not Lead.objects.exists() and not Company.objects.exists()


@pytest.mark.parametrize(("path", "size"), [("/leads", 1), ("/accounts", 1), ("/leads/bulk", 4)])
def test_a_body_beyond_the_limit_is_refused_unread(ops: Caller, path: str, size: int) -> None:
    answer = ops.send("POST", path, raw=b" " * (size * 1024 * 1024 + 1))

    assert answer.status_code == 413
    assert f"{size} MB" in error_of(answer)["message"]


def test_ten_megabytes_are_refused_by_their_header(ops: Caller) -> None:
    answer = ops.send("POST", "/leads", raw=b" " * 10_000_000)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_what_is_not_sent_as_json_is_refused_with_the_header_to_send(
    ops: Caller, kind: str
) -> None:
    answer = ops.send("POST", "/leads", raw=b"name=x", Content_Type=kind)

    assert answer.status_code == 415
    assert "application/json" in error_of(answer)["remedy"]


@pytest.mark.parametrize("path", ["/leads?q=%00", "/policies/%00", "/leads?q=a%00b"])
def test_nul_in_an_address_is_refused(ops: Caller, path: str) -> None:
    assert ops.get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    "path",
    [
        "/leads/99999999999999999999999",
        "/leads/-1",
        "/leads/0",
        "/leads/x",
        "/leads?limit=0",
        "/leads?limit=201",
        "/leads?limit=x",
        "/leads?cursor=nonsense",
        "/leads?owner=99999999999999999999999",
        "/leads?since=yesterday",
        "/leads?since=2026-03-10T00:00:00",
        "/leads?state=gone",
        "/leads?onwer=1",
        "/decisions?cursor=WzFd:x:y",
    ],
)
def test_an_unusable_parameter_is_named(ops: Caller, path: str) -> None:
    answer = ops.get(path)

    assert answer.status_code == 422
    assert error_of(answer)["fields"]


def test_a_cursor_of_another_list_is_refused(ops: Caller) -> None:
    for number in range(2):
        ops.post("/accounts", {"name": f"公司{number}"})
    cursor = ops.get("/accounts?limit=1").json()["next"]

    assert ops.get(f"/accounts?cursor={cursor}").status_code == 200
    assert ops.get(f"/leads?cursor={cursor}").status_code == 422


def test_every_wrong_field_is_named_with_value_and_remedy(ops: Caller) -> None:
    answer = ops.post("/leads", {"email": "nobody", "budget": "much", "colour": "red"})

    error = error_of(answer)
    assert {one["field"]: one["value"] for one in error["fields"]} == {
        "email": "nobody",
        "budget": "much",
        "colour": "red",
    }
    assert "name@example.com" in error["fields"][0]["message"]


def test_a_long_value_is_shown_short(ops: Caller) -> None:
    answer = ops.post("/leads", {"name": "王" * 5000})

    assert len(error_of(answer)["fields"][0]["value"]) <= 80


def test_halves_of_characters_and_nul_are_cleaned() -> None:
    value = strict_json.read_json(rb'{"a": "x\u0000y", "b\ud800": ["\udc00", "\u738b"]}')

    assert value == {"a": "xy", "b?": ["?", "王"]}
    json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "value", [{}, [], {"a": [1, 2.5, None, True, '\\"[']}, {"a": {"b": {"c": []}}}]
)
def test_honest_json_is_read_as_it_is(value: Any) -> None:
    assert strict_json.read_json(json.dumps(value).encode()) == value
