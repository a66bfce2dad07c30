"""Pages for what went wrong, in words."""

import errno
import sys
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from evenhand.platform.together import Overloaded
from evenhand.web.context import locale_of
from evenhand.wording.catalogue import Words

# Failures of the connection to the database, and of whoever writes for many, not of the request.
AWAY = (OperationalError, InterfaceError, PoolTimeout, Overloaded)
# An upload is laid down on this machine first, whose disk may be full.
_FULL = (errno.ENOSPC, errno.EDQUOT)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from elsewhere, or was open for too long."""
    return render(request, "web/csrf_failed.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or the body is not what it should be."""
    return _without_database(request, "web/bad_request.html", 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody may not do this."""
    return render(request, "web/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page."""
    if request.path.startswith("/api/"):
        return for_programs(request, "not_found", "api-not-found", "api-not-found-remedy", 404)
    return _without_database(request, "web/not_found.html", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or the database is away."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return unavailable(request)
    if isinstance(error, OSError) and error.errno in _FULL:
        return disk_full(request)
    if request.path.startswith("/api/"):
        return for_programs(request, "failed", "api-failed", "api-failed-remedy", 500)
    return _without_database(request, "web/failed.html", 500)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than any page takes was sent; it was not read."""
    return _without_database(request, "web/too_large.html", 413)


def disk_full(request: HttpRequest) -> HttpResponse:
    """There is no room for what was sent: 503 with a time to try again, and nothing was kept."""
    _drop_uploads(request)
    response = _without_database(request, "web/disk_full.html", 503)
    response.headers["Retry-After"] = "60"
    return response


def _drop_uploads(request: HttpRequest) -> None:
    """Give back the room of what was laid down by halves; Django leaves it to be collected."""
    for handler in request.upload_handlers:
        file = getattr(handler, "file", None)
        if file is not None:
            with suppress(OSError):  # what is still in memory finds no room either
                file.close()


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away or busy: 503 with a time to try again, never a bare 500."""
    if request.path.startswith("/api/"):
        response: HttpResponse = for_programs(
            request, "unavailable", "api-unavailable", "api-unavailable-remedy", 503
        )
    else:
        response = _without_database(request, "web/unavailable.html", 503)
    response.headers["Retry-After"] = "3"
    return response


def _without_database(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that asks nobody who is reading: that question may be what failed."""
    locale = locale_of(request)
    context: dict[str, Any] = {"words": Words(locale), "locale": locale, "theme": ""}
    return HttpResponse(render_to_string(template, context), status=status)


def for_programs(
    request: HttpRequest, code: str, message: str, remedy: str, status: int, **params: int
) -> HttpResponse:
    """The API's shape of an error, for what never reached the API."""
    words = Words(locale_of(request))
    error = {
        "code": code,
        "message": words.text(message, **params),
        "fields": [],
        "remedy": words.text(remedy),
    }
    return JsonResponse({"error": error}, status=status)
