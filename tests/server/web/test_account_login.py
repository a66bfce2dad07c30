"""Getting in and out over HTTP: sessions, codes, throttle, cookies, where one lands."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.people.models import Bucket, User, UserSession
from evenhand.people.operations.incidents import source_of
from evenhand.people.operations.totp import enrol, new_secret
from evenhand.people.sessions import SessionStore
from evenhand.web.fresh import FRESH_FOR
from tests.server.cast import PASSWORD, browser, cast, give_password, login

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren() -> User:
    return give_password(cast().ren)


def come_in(client: Client, user: User, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/login", {"email": user.email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def code_in(client: Client, code: str):  # type: ignore[no-untyped-def]
    return client.post("/login/code", {"code": code, "next": "/help"})


def test_with_the_right_password_one_is_in_and_the_journal_knows(ren: User) -> None:
    client = browser()
    answer = come_in(client, ren, next="/help")

    assert (answer.status_code, answer["Location"]) == (302, "/help")
    assert is_in(client)
    event = Event.objects.get(kind="login.made")
    source = source_of("127.0.0.1")
    assert (event.object_id, event.data) == (
        ren.pk,
        {"by": "password", "is_new": False, "source": source},
    )
    row = UserSession.objects.get(user_id=ren.pk)
    assert (row.epoch, row.address) == (ren.epoch, "127.0.0.1")


def test_with_a_wrong_one_nobody_is_in_and_what_was_typed_stays(ren: User) -> None:
    client = browser(language="en")
    answer = come_in(client, ren, "wrong", next="/leads")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "do not belong together" in page and ren.email in page and "/leads" in page
    assert not is_in(client)
    assert not UserSession.objects.filter(user_id=ren.pk).exists()
    assert not Event.objects.filter(kind="login.made").exists()


def test_unknown_and_known_get_the_same_page(ren: User) -> None:
    pages = []
    for email in (ren.email, "nob@cast.example"):
        body = browser().post("/login", {"email": email, "password": "x"}).content.decode()
        pages.append(re.sub(r'csrf[^>]*value="\w+"|content="\w+"', "", body.replace(email, "@")))

    assert pages[0] == pages[1]


def test_too_many_guesses_are_told_how_long_to_wait(ren: User) -> None:
    client = browser(language="en")
    for _ in range(10):
        assert come_in(client, ren, "wrong").status_code == 422

    answer = come_in(client, ren)

    assert answer.status_code == 429
    seconds = int(answer["Retry-After"])
    assert 60 < seconds <= 90 and f"wait {seconds} seconds" in answer.content.decode()
    assert not is_in(client)
    Bucket.objects.update(at=timezone.now() - timedelta(seconds=91))
    assert come_in(client, ren).status_code == 302


def test_addresses_are_those_of_our_own_proxy_and_not_invented(ren: User, settings) -> None:  # type: ignore[no-untyped-def]
    forged = {"X-Forwarded-For": "6.6.6.6"}
    come_in(Client(headers=forged), ren)
    settings.PROXIES = 1
    come_in(Client(headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}), ren)
    come_in(Client(), ren)

    addresses = list(UserSession.objects.filter(user_id=ren.pk).values_list("address", flat=True))
    assert sorted(addresses) == ["127.0.0.1", "127.0.0.1", "203.0.113.7"]


def test_a_login_gets_a_new_session_id(ren: User) -> None:
    client = browser()
    session = SessionStore()
    session["planted"] = "by somebody else"
    session.create()
    planted = session.session_key
    client.cookies["session"] = planted

    come_in(client, ren)

    assert client.cookies["session"].value != planted
    assert not UserSession.objects.filter(session_key=planted).exists()
    assert not is_in_with(planted or "")


def is_in_with(key: str) -> bool:
    client = browser()
    client.cookies["session"] = key
    return is_in(client)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\thttps://evil.example",
    ],
)
def test_a_login_never_leads_to_another_site(ren: User, wanted: str) -> None:
    assert come_in(browser(), ren, next=wanted)["Location"] == "/"
    inside = browser(ren)
    assert inside.get("/login", {"next": wanted})["Location"] == "/"
    assert inside.post("/locale", {"locale": "en", "next": wanted})["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        *("/login", "/login/code", "/logout", "/forgot", "/locale", "/account/profile"),
        *("/account/password", "/account/second-factor", "/account/tokens"),
    ],
)
def test_a_form_from_another_site_does_nothing(ren: User, path: str) -> None:
    client = login(Client(enforce_csrf_checks=True), ren)

    answer = client.post(path, {"email": ren.email, "password": PASSWORD, "locale": "en"})

    assert answer.status_code == 403
    assert is_in(client)


def test_logging_out_takes_a_form_and_ends_the_session(ren: User) -> None:
    client = browser(ren)
    key = client.cookies["session"].value

    assert client.get("/logout").status_code == 405
    assert is_in(client)
    out = client.post("/logout")
    assert (out["Location"], out["Clear-Site-Data"]) == ("/login", '"cache"')
    assert not is_in(client) and not is_in_with(key)
    assert Event.objects.get(kind="login.ended").data == {"count": 1, "how": "logged_out"}


@pytest.fixture
def with_code(ren: User) -> tuple[User, str, list[str]]:
    secret = new_secret()
    earlier = timezone.now() - timedelta(minutes=5)
    codes = enrol(ren, secret, pyotp.TOTP(secret).at(earlier), now=earlier)
    return ren, secret, codes


def test_who_has_a_second_factor_is_in_only_after_the_code(
    with_code: tuple[User, str, list[str]],
) -> None:
    ren, secret, _ = with_code
    client = browser()

    assert come_in(client, ren, next="/help")["Location"] == "/login/code?next=%2Fhelp"
    assert not is_in(client)
    before = client.cookies["session"].value
    assert code_in(client, "000000").status_code == 422
    assert not is_in(client)
    assert code_in(client, pyotp.TOTP(secret).now())["Location"] == "/help"
    assert is_in(client)
    assert client.cookies["session"].value != before
    assert Event.objects.get(kind="login.made").data["by"] == "password_and_code"


def test_a_code_that_was_used_lets_nobody_else_in(
    with_code: tuple[User, str, list[str]],
) -> None:
    ren, secret, codes = with_code
    code = pyotp.TOTP(secret).now()
    first, second = browser(), browser()
    come_in(first, ren)
    come_in(second, ren)

    assert code_in(first, code).status_code == 302
    assert code_in(second, code).status_code == 422
    assert not is_in(second)
    assert code_in(second, codes[0]).status_code == 302
    assert is_in(second)


def test_a_code_alone_opens_nothing(with_code: tuple[User, str, list[str]]) -> None:
    _, secret, _ = with_code
    client = browser()

    assert code_in(client, pyotp.TOTP(secret).now())["Location"] == "/login"
    assert not is_in(client)


def test_between_password_and_code_rights_may_end(with_code: tuple[User, str, list[str]]) -> None:
    ren, secret, _ = with_code
    for change in ({"epoch": 9}, {"is_active": False}):
        client = browser()
        User.objects.filter(pk=ren.pk).update(is_active=True)
        come_in(client, ren)
        User.objects.filter(pk=ren.pk).update(**change)

        assert code_in(client, pyotp.TOTP(secret).now())["Location"] == "/login"
        assert not is_in(client)


def test_who_is_deactivated_is_out_at_the_next_request(ren: User) -> None:
    client = browser(ren)
    assert is_in(client)

    User.objects.filter(pk=ren.pk).update(is_active=False)

    assert not is_in(client)
    assert client.post("/account/profile", {"locale": "en"})["Location"].startswith("/login")
    ren.refresh_from_db()
    assert ren.locale == ""


def test_a_risen_epoch_ends_a_session_at_the_next_request(ren: User) -> None:
    client = browser(ren)

    User.objects.filter(pk=ren.pk).update(epoch=2)

    assert not is_in(client)


def test_three_hours_without_use_end_a_login(ren: User) -> None:
    client = browser(ren)
    UserSession.objects.update(seen_at=timezone.now() - timedelta(hours=2, minutes=59))
    assert is_in(client)
    UserSession.objects.update(seen_at=timezone.now() - timedelta(hours=3, seconds=1))

    assert not is_in(client)
    assert not UserSession.objects.filter(user_id=ren.pk).exists()


def test_use_does_not_carry_a_login_beyond_twelve_hours(ren: User) -> None:
    client = browser()
    come_in(client, ren)
    end = UserSession.objects.get(user_id=ren.pk).expire_date
    assert end - timezone.now() <= timedelta(hours=12)

    UserSession.objects.update(created_at=timezone.now() - timedelta(hours=1))
    client.post("/login/again", {"password": PASSWORD})  # writes the session anew

    row = UserSession.objects.get(user_id=ren.pk)
    assert row.expire_date == end
    assert end - row.created_at == timedelta(hours=12)
    UserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_a_page_reads_the_session_once(ren: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(ren)
    read, reads = SessionStore._get_session_from_db, []

    def noted(store: SessionStore) -> Any:
        reads.append(store.session_key)
        return read(store)

    monkeypatch.setattr(SessionStore, "_get_session_from_db", noted)
    with statements() as asked:
        client.get("/help")

    assert reads == [client.cookies["session"].value]
    assert len(asked) <= 9


def test_sensitive_pages_ask_again_after_ten_minutes() -> None:
    people = cast()
    alice = give_password(people.alice)
    User.objects.filter(pk=alice.pk).update(totp_secret="")
    people.organization.is_demo = True
    people.organization.save()
    client = browser()
    come_in(client, alice)
    assert client.get("/account/tokens").status_code == 200

    session = client.session
    session["proved"] = (timezone.now() - FRESH_FOR - timedelta(seconds=1)).isoformat()
    session.save()

    there = "/login/again?next=%2Faccount%2Ftokens"
    assert client.get("/account/tokens")["Location"] == there
    wrong = client.post("/login/again", {"password": "no", "next": "/account/tokens"})
    assert wrong.status_code == 422 and client.get("/account/tokens").status_code == 302
    right = client.post("/login/again", {"password": PASSWORD, "next": "/account/tokens"})
    assert right["Location"] == "/account/tokens"
    assert client.get("/account/tokens").status_code == 200


def test_cookies_over_plain_http_on_this_machine(ren: User) -> None:
    client = browser()
    client.get("/login")
    come_in(client, ren)

    session, csrf = client.cookies["session"], client.cookies["csrf"]
    assert (session["httponly"], session["samesite"], session["secure"]) == (True, "Lax", "")
    assert (csrf["httponly"], csrf["samesite"], csrf["secure"]) == (True, "Lax", "")


def test_cookies_over_https_are_bound_to_the_host() -> None:
    """In a process of its own: settings are read once."""
    program = """
import json
from evenhand.config.setup import set_up_django
set_up_django()
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in (
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_DOMAIN", "PROXIES")}))
"""
    environ = os.environ | {"EVENHAND_URL": "https://crm.example.com"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None,
        "PROXIES": 1,
    }


@pytest.mark.parametrize("key", ["short", "a" * 80, "abc" * 30])
def test_a_weak_key_keeps_the_server_from_starting(key: str) -> None:
    environ = os.environ | {"EVENHAND_SECRET_KEY": key}
    done = subprocess.run(
        [sys.executable, "-c", "import evenhand.config.settings"],
        env=environ,
        capture_output=True,
        text=True,
    )

    assert done.returncode != 0 and "EVENHAND_SECRET_KEY" in done.stderr
