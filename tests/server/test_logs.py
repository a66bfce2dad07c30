"""S13: logs say who, what, when and where, on one line each, and name no customer."""

import json
import logging
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from evenhand.leads.models import Lead
from evenhand.platform.discretion import JsonLines, discreet
from tests.access.company import SECRETS, World, build
from tests.server.api.caller import caller
from tests.server.cast import browser
from tests.server.discreet_logs import NAMED, Reader

PHONES = (
    "13812345678", "138-1234-5678", "138 1234 5678", "+86 138 1234 5678", "+8613812345678",
    "008613812345678", "8613812345678", "010-62345678", "0571-87654321", "+1 (415) 555-0132",
    "+49 30 901820",
)  # fmt: skip
HARMLESS = (
    "connector 12: delivery 1234567 waits", "2026-03-10T09:00:00.123Z", "3f2504e04f8911d3",
    "line 13812345678901 of 3", "0.138123456789", "1789 items in 12345678 ms",
    "/leads/99999999999", "/in", "/link",
)  # fmt: skip


def line_of(message: str, *args: Any, **more: Any) -> dict[str, Any]:
    record = logging.getLogger("x").makeRecord(
        "x", 30, "f", 1, message, args, more.pop("exc", None)
    )
    for name, value in more.items():
        setattr(record, name, value)
    said = JsonLines().format(record)
    assert "\n" not in said and said.isprintable()
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_settings_write_lines_of_json() -> None:
    assert settings.LOGGING["formatters"]["line"] == {
        "()": "evenhand.platform.discretion.JsonLines"
    }
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"


def test_a_line_says_when_in_utc_how_bad_where_and_what() -> None:
    said = line_of("dealt %s items", 3)

    assert {name: said[name] for name in ("level", "where", "what")} == {
        "level": "WARNING", "where": "x", "what": "dealt 3 items",
    }  # fmt: skip
    assert said["at"].endswith("Z")
    assert datetime.fromisoformat(said["at"]).utcoffset() is not None


@pytest.mark.parametrize(
    "odd",
    [
        "\n",
        "\r\n",
        "\x85",
        "\u2028",
        "\u2029",
        "\x00",
        "\x1b[2J",
        "\u202e",
        '","level":"INFO',
        "\x9b",
    ],
)
def test_nothing_begins_a_line_of_its_own(odd: str) -> None:
    said = line_of("refused: %s", f"a{odd}b")

    assert said["what"] == f"refused: a{odd}b"
    assert said["level"] == "WARNING"


@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_is_taken_out_wherever_it_stands(phone: str) -> None:
    for text in (f"call {phone}", f'{{"phone": "{phone}"}}', f"({phone})", f"电话{phone},", phone):
        assert "…" in discreet(text)
        assert not any(part in discreet(text) for part in (phone, phone[-4:]))


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_that_are_no_phones_stay(text: str) -> None:
    assert discreet(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail to ann.lee+x@firm.example failed", "mail to …@… failed"),
        ("Authorization: Bearer evh_abcdefghijklmnop", "Authorization: …"),
        ("Not Found: /link/abc.def-1", "Not Found: /link/…"),
        ("Unauthorized: /in/s3cretkey?a=1", "Unauthorized: /in/…?a=1"),
        ("Gone: /intake/result/tok and /feeds/tok", "Gone: /intake/result/… and /feeds/…"),
        ("bad\nDETAIL:  Failing row contains (1, 王芳\n李四).", "bad\nDETAIL: …"),
        ("DETAIL:  Key (name)=(王芳).\nThe above exception …", "DETAIL: …\nThe above exception …"),
    ],
)
def test_secrets_addresses_and_rows_are_taken_out(text: str, kept: str) -> None:
    assert discreet(text) == kept


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_quoted() -> None:
    lead = build().values["lead_id"]
    said: dict[str, Any] = {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE lead SET state = NULL WHERE id = %s", [lead])
    except IntegrityError as error:
        assert SECRETS[0] in str(error), "the control: PostgreSQL does quote it"
        said = line_of("failed: %s", error, exc=(type(error), error, error.__traceback__))

    assert "IntegrityError" in said["trace"]
    assert not any(secret in json.dumps(said, ensure_ascii=False) for secret in SECRETS)


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_calls_and_pages_that_go_wrong_name_nobody(
    world: World, read_logs: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ops = caller(world.people.olga)
    pages = browser(world.people.olga)
    pages.raise_request_exception = False
    body = {"name": SECRETS[0], "phone": SECRETS[1], "email": SECRETS[3]}
    before = read_logs.count

    for address in (f"/leads?q={SECRETS[1]}", f"/link/{SECRETS[1]}", f"/{SECRETS[3]}", "/in/none"):
        pages.get(address)
        pages.post(address, body)
    ops.post(f"/accounts/{SECRETS[1]}", body)
    ops.post("/nowhere", body)

    def falls(*args: Any, **more: Any) -> Any:
        raise RuntimeError(f"{args} {more} {SECRETS[1]} {SECRETS[3]} {ops.token}")

    monkeypatch.setattr("evenhand.api.endpoints.accounts.create_company", falls)
    assert ops.post("/accounts", {"name": SECRETS[2]}).status_code == 500
    assert Client(raise_request_exception=False).get("/leads/1?phone=1").status_code == 302

    assert read_logs.count >= before + 6
    assert read_logs.leaks == []
    assert Lead.objects.count() == 2


def test_a_line_about_a_request_says_who_asked(world: World) -> None:
    answer = browser(world.people.ren).get("/no/such/page")

    said = line_of("x", request=answer.wsgi_request, status_code=404)

    assert (said["who"], said["method"], said["status"]) == (
        f"user:{world.people.ren.pk}",
        "GET",
        404,
    )
    assert line_of("x", request=Client().get("/no/such").wsgi_request)["who"] == "nobody"


def test_input_that_is_refused_is_told_with_its_sender_and_without_what_it_said(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """16.3.3: whoever tries what gets past the checks of input leaves a line for each try."""
    olga = world.people.olga
    ops, page = caller(olga), browser(olga)
    twice, secret = b'{"name": "a", "name": "b"}', {"name": SECRETS[0], "nothing": SECRETS[1]}
    form = {"Content-Type": "text/plain"}
    stranger = Client(enforce_csrf_checks=True)

    tried = [
        ops.send("POST", "/accounts", raw=twice).status_code,
        ops.post("/accounts", secret).status_code,
        ops.send("POST", "/accounts", raw=b"name=x", **form).status_code,
        ops.send("POST", "/accounts", raw=b"[" * 100_000).status_code,
        page.post("/imports", {"file": ""}).status_code,
        stranger.post("/login", {"username": SECRETS[3]}).status_code,
    ]

    assert tried == [400, 422, 415, 400, 422, 403]
    lines = [json.loads(JsonLines().format(one)) for one in caplog.records]
    told = [line for line in lines if line.get("status") in tried]
    assert [line["status"] for line in told] == tried
    # What is no JSON is refused before anybody is asked who he is, as is a form without its token.
    assert [line["who"].partition(":")[0] for line in told] == [
        *("token", "token", "nobody", "token", "user", "nobody")
    ]
    assert not any(one in json.dumps(told, ensure_ascii=False) for one in SECRETS)
    # The control: what is well is no line.
    caplog.clear()
    assert ops.post("/accounts", {"name": "宁波东海泵业"}).status_code == 201
    assert [one for one in caplog.records if one.levelname == "WARNING"] == []


def test_the_reader_finds_whom_a_careless_line_names(read_logs: Reader) -> None:
    """The control: the same lines, written as they come."""
    read_logs.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("careless")

    log.warning("call %s", SECRETS[1])
    log.warning("mail to %s", SECRETS[3])
    log.warning("one\ntwo")

    assert len(read_logs.leaks) == 3
    assert NAMED.search("evh_abcdefghijklmnop")
    assert not NAMED.search("/leads/-1.8161380089716546e-229/assign")
    read_logs.leaks.clear()
