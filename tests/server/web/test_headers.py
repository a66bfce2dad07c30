"""S2: every route answers with the headers, whatever it answers (reference: reliability, S2)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.people.models import Role
from tests.server.cast import browser
from tests.server.web.staff import hire

SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "0" * 32}
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
DIRECTIVES = (
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
)


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m[1] or "str", "x"), here)
            yield "/" + filled.replace("^", "").replace("\\Z", "").replace("$", "")


ROUTES = sorted(set(_routes(get_resolver().url_patterns)))


@pytest.mark.django_db
@pytest.mark.parametrize("is_logged_in", [True, False], ids=["logged-in", "stranger"])
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_the_headers(route: str, is_logged_in: bool, client: Any) -> None:
    if is_logged_in:
        client = browser(hire(Role.ADMIN))
    client.raise_request_exception = False

    page = client.get(route)
    page.close()

    policy = page.headers["Content-Security-Policy"]
    assert [one for one in DIRECTIVES if one not in policy] == []
    assert "unsafe" not in policy
    assert {name: page.headers.get(name) for name in WANTED} == WANTED
    is_stream = page.headers["Content-Type"] == "text/event-stream"
    assert page.headers["Cache-Control"] == ("no-cache" if is_stream else "no-store")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.django_db
def test_no_route_answers_a_stranger_with_a_fault(route: str, client: Any) -> None:
    page = client.get(route)
    page.close()

    assert page.status_code < 500
