"""4.1.2: behind https, pages that come in plain lead there and programs are refused."""

from typing import Any

import pytest
from django.test import Client

URL = "https://leads.example.com"
PROGRAMS = (
    "/api/v1/me",
    "/api/v1/leads",
    "/metrics",
    "/in/some-key",
    "/wecom/callback",
    "/feeds/some-key",
)
PLAIN, ENCRYPTED = {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Proto": "https"}


@pytest.fixture
def client(settings: Any) -> Client:
    settings.IS_SECURE, settings.EVENHAND_URL = True, URL
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["leads.example.com", "127.0.0.1"]
    return Client(SERVER_NAME="leads.example.com", raise_request_exception=False)


def test_a_page_leads_to_the_encrypted_one(client: Client) -> None:
    answer = client.get("/login?next=/leads", headers=PLAIN)

    assert (answer.status_code, answer.headers["Location"]) == (301, f"{URL}/login?next=/leads")
    # Another name, or a path like a host, leads nowhere else.
    for host, path in (("evil.example", "/login"), ("leads.example.com", "//evil.example/x")):
        led = client.get(path, headers={**PLAIN, "Host": host})
        assert led.status_code == 301 and led.headers["Location"].startswith(f"{URL}/")


@pytest.mark.parametrize("path", PROGRAMS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_program_is_refused_and_not_led_on(client: Client, method: str, path: str) -> None:
    answer = client.generic(method, path, headers={**PLAIN, "Authorization": "Bearer x"})

    assert answer.status_code == 403 and "Location" not in answer.headers
    assert "https" in answer.content.decode()


def test_a_form_that_came_in_plain_is_not_read(client: Client) -> None:
    answer = client.post("/login", {"username": "a", "password": "b"}, headers=PLAIN)

    assert answer.status_code == 403 and "Location" not in answer.headers


def test_a_proxy_that_does_not_say_it_is_told_in_words_and_not_led_in_a_circle(
    client: Client,
) -> None:
    answer = client.get("/login")

    assert answer.status_code == 403 and "X-Forwarded-Proto" in answer.content.decode()


@pytest.mark.django_db
def test_what_came_in_encrypted_and_what_stays_on_this_machine_is_answered(
    client: Client, settings: Any
) -> None:
    """The control."""
    assert client.get("/login", headers=ENCRYPTED).status_code == 200
    assert client.get("/login", secure=True).status_code == 200
    assert client.get("/api/v1/me", headers=ENCRYPTED).status_code == 401
    assert client.get("/login", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    # … but a proxy that says how it came in is believed, whatever name it was asked under.
    assert client.get("/login", headers={"Host": "127.0.0.1", **PLAIN}).status_code == 301
    for probe in ("/healthz", "/readyz"):
        assert client.get(probe, headers=PLAIN).status_code == 200
    settings.IS_SECURE = False
    assert client.get("/login", headers=PLAIN).status_code == 200
