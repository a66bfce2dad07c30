"""S2: every route answers with the headers, whatever it answers (reference: reliability, S2)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
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
def test_every_route_has_the_headers_and_none_answers_with_a_fault(
    is_logged_in: bool, client: Any
) -> None:
    """In one test, for there are hundreds of routes and each of them only looks."""
    if is_logged_in:
        client = browser(hire(Role.ADMIN))
    client.raise_request_exception = False

    wrong = {route: faults for route in ROUTES if (faults := _faults(client.get(route)))}

    assert wrong == {}


def _faults(page: Any) -> list[str]:
    """What is missing among the headers of an answer; and whether it is a fault itself."""
    # Closing must not take the connection along, which the next route needs.
    request_finished.disconnect(close_old_connections)
    page.close()
    request_finished.connect(close_old_connections)
    policy = page.headers.get("Content-Security-Policy", "")
    faults = [one for one in DIRECTIVES if one not in policy]
    faults += ["unsafe"] if "unsafe" in policy else []
    faults += [name for name, value in WANTED.items() if page.headers.get(name) != value]
    faults += [str(page.status_code)] if page.status_code >= 500 else []
    is_stream = page.headers["Content-Type"] == "text/event-stream"
    kept = "no-cache" if is_stream else "no-store"
    return faults + (["Cache-Control"] if page.headers.get("Cache-Control") != kept else [])
