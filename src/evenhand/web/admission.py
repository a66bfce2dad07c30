"""Who comes in: what cannot be served within seconds is refused before it costs anything."""

import logging
from collections.abc import Callable
from functools import cache
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from evenhand.platform.admission import OTHERS, TOGETHER
from evenhand.platform.lanes import Busy, Lane
from evenhand.web.context import locale_of
from evenhand.web.errors import for_programs
from evenhand.wording.catalogue import Words

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

# Whoever watches is always answered; a server that is full must not look dead.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
INTAKE = "/api/v1/leads"
SETTLED_TOGETHER = frozenset({INTAKE, "/pool/claim", "/api/v1/pools/claim", "/api/v1/pools/claims"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
# The log tells of refusals this often: a line for each would be work, and fill the disk.
_QUIET_SECONDS = 10.0


class Admission:
    """Leads and claims have a lane of their own; of the rest, writes go before reads.

    A stream of news leaves its place when it begins: it only waits.
    """

    def __init__(self, answer: Answer, together: Lane = TOGETHER, others: Lane = OTHERS) -> None:
        self.answer = answer
        self._together, self._others = together, others
        self._told_at = -_QUIET_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in WATCHED:
            return self.answer(request)
        is_read = request.method in _READS
        is_settled = not is_read and request.path in SETTLED_TOGETHER
        lane = self._together if is_settled else self._others
        try:
            with lane.place(is_first=not is_read):
                return self.answer(request)
        except Busy as busy:
            self._tell()
            return refuse(request, busy.seconds)

    def _tell(self) -> None:
        if monotonic() - self._told_at < _QUIET_SECONDS:
            return
        self._told_at = monotonic()
        refused = self._together.traffic().refused + self._others.traffic().refused
        log.warning("more is asked than can be served; requests refused so far: %d", refused)


def refuse(request: HttpRequest, seconds: int) -> HttpResponse:
    """Come again after so many seconds: 503, and 429 for a lead, whose sender slows down then."""
    if not request.path.startswith("/api/"):
        is_read = request.method in _READS
        response = HttpResponse(_page(locale_of(request), is_read), status=503)
    elif request.method == "POST" and request.path == INTAKE:
        response = for_programs(
            request, "too_many_requests", "api-too-many", "api-too-many-remedy", 429,
            seconds=seconds,
        )  # fmt: skip
    else:
        response = for_programs(
            request, "unavailable", "api-unavailable", "api-unavailable-remedy", 503
        )
    response.headers["Retry-After"] = str(seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django writes a line
    return response


@cache
def _page(locale: str, is_read: bool) -> bytes:
    """Made once a language: a thousand who are refused must cost nothing."""
    context = {"words": Words(locale), "locale": locale, "theme": "", "is_read": is_read}
    return render_to_string("web/busy.html", context).encode()
