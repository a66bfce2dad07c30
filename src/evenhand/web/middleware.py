"""What every answer has in common: headers, sessions that end, the reader's language."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from evenhand.leads.access import NotFound
from evenhand.people.models import User
from evenhand.people.operations.incidents import note_refusal
from evenhand.people.operations.pace import TooFast
from evenhand.people.operations.sessions import is_idle, note_seen
from evenhand.people.operations.totp import need_of
from evenhand.people.scope import NotAllowed
from evenhand.people.sessions import EPOCH_KEY
from evenhand.platform.looking import looking
from evenhand.platform.public_url import is_loopback
from evenhand.platform.refusal import Refused
from evenhand.web.context import LOCALE_COOKIE, company_of
from evenhand.web.entering import keep_mark
from evenhand.web.errors import AWAY, too_large, unavailable
from evenhand.web.live import STATION
from evenhand.wording.catalogue import LOCALES, Words, locale_for
from evenhand.wording.reasons import say

Answer = Callable[[HttpRequest], HttpResponse]

CSP = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# Six photos of a to-do, each as large as it may be, and their form.
MOST_BYTES = 64 * 1024 * 1024
FEATURES = "camera=(), microphone=(), geolocation=()"
# What programs call; their answers are no pages.
FOR_PROGRAMS = ("/api/", "/metrics", "/in/", "/wecom/callback", "/feeds/")
# Asked from within, by whoever starts processes or chooses among them; they say nothing secret.
PROBES = ("/healthz", "/readyz")
# Sent by pages with what the live stream made them fetch.
LIVE_HEADER = "X-Live"
ENROLMENT = "/account/second-factor"
# What somebody may open who has yet to set up his second factor.
BEFORE_ENROLMENT = (ENROLMENT, "/login", "/logout", "/locale", "/theme", "/link/", "/help")


class Headers:
    """Security headers on every answer; personal data are not kept by browsers or proxies."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Encrypted:
    """Where the address is https, what comes in plain is not served.

    Pages lead to the encrypted ones. Programs are refused: one that is led on goes on sending its
    token in plain, and nobody notices. On this machine itself one may look without encryption.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.IS_SECURE or request.is_secure() or _is_from_here(request):
            return self.answer(request)
        is_page = request.method in ("GET", "HEAD") and not request.path.startswith(FOR_PROGRAMS)
        # A proxy that does not say how a request came in would be led round in a circle.
        if is_page and "X-Forwarded-Proto" in request.headers:
            return HttpResponsePermanentRedirect(settings.EVENHAND_URL + request.get_full_path())
        first = request.headers.get("Accept-Language", "").split(",", 1)[0].strip()
        said = Words(locale_for(first or None)).text("web-plain-http")
        if request.path.startswith("/api/"):
            return JsonResponse({"error": {"code": "not_encrypted", "message": said}}, status=403)
        return HttpResponse(said, content_type="text/plain; charset=utf-8", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether it was asked under a name of this machine, and not past a proxy."""
    host = request.headers.get("Host", "").rpartition("@")[2]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    is_probe = request.path in PROBES
    return is_probe or (is_loopback(name) and "X-Forwarded-Proto" not in request.headers)


class Size:
    """A body that is larger than any page takes is refused unread: it would fill the disk.

    Whoever is not logged in may send one too, and it is laid down before anybody is asked.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.path.startswith("/api/") or not (length.isascii() and length.isdecimal()):
            return self.answer(request)
        if len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
            return too_large(request)
        return self.answer(request)


class Unavailable:
    """The database is away or busy: 503 with a time to try again, never a bare 500."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer in words where the failure is not the request's."""
        return unavailable(request) if isinstance(error, AWAY) else None


class LiveMark:
    """Notes what the live stream said last before a page reads anything.

    The stream of the page begins there, so that nothing between the two is missed.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.live_mark = STATION.mark()  # type: ignore[attr-defined]
        return self.answer(request)


class Look:
    """What a page that only looks reads of the company, it reads once."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.answer(request)
        with looking():
            return self.answer(request)


class Session:
    """Ends a login that was idle too long, or whose person lost rights since.

    The end after twelve hours stands in the session itself, and Django keeps it.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The person himself in place of the wrapper that asks for him when somebody wants to know:
        # everybody does.
        request.user = get_user(request)
        if request.user.is_authenticated and not self._holds(request):
            logout(request)
        response = self.answer(request)
        if hasattr(request, "browser_mark"):
            keep_mark(request, response)
        return response

    def _holds(self, request: HttpRequest) -> bool:
        user, session = request.user, request.session
        if not user.is_active or session.get(EPOCH_KEY) != getattr(user, "epoch", None):
            return False
        now, seen_at = timezone.now(), getattr(session, "seen_at", None)
        if seen_at is None or is_idle(seen_at, now):
            return False
        # A page that refreshes itself is not a person at work.
        if request.path != "/live" and LIVE_HEADER not in request.headers:
            note_seen(session.session_key, seen_at, now)
        return True


class Enrolment:
    """Who must have a second factor sets it up before anything else."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        need = None
        if isinstance(user, User):
            need = need_of(user, ask=lambda: company_of(request))
        if need is not None and not need.is_due:
            request.enrol_from = need.since  # type: ignore[attr-defined]
        elif need is not None and not request.path.startswith(BEFORE_ENROLMENT):
            return self._send_there(request)
        return self.answer(request)

    def _send_there(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return JsonResponse({"error": {"code": "second_factor_missing"}}, status=403)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": ENROLMENT})
        return redirect(ENROLMENT)


class Language:
    """The reader's language: his own choice, else this browser's cookie, else its header."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        locale = chosen_locale(request)
        request.locale = locale  # type: ignore[attr-defined]
        with translation.override(locale.lower()):
            return self.answer(request)


def chosen_locale(request: HttpRequest) -> str:
    """One of LOCALES."""
    own = getattr(request.user, "locale", "") or request.COOKIES.get(LOCALE_COOKIE, "")
    if own in LOCALES:
        return str(own)
    header = request.headers.get("Accept-Language", "")
    first = header.split(",", 1)[0].split(";", 1)[0].strip()
    return locale_for(first or None)


class Refusals:
    """What the domain refuses becomes an answer in words: 403, 404, 409, 429."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Pages only; the API words its own errors."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(error, NotAllowed | NotFound) and hasattr(request, "actor"):
            note_refusal(request.actor, error)
        if isinstance(error, NotAllowed):
            return render(request, "web/refused.html", status=403)
        if isinstance(error, NotFound):
            return render(request, "web/not_found.html", status=404)
        if isinstance(error, Refused):
            said = say(Words(request.locale), error.why)  # type: ignore[attr-defined]
            if isinstance(error, TooFast):
                response = render(request, "web/too_fast.html", {"why": said}, status=429)
                response.headers["Retry-After"] = str(error.seconds)
                return response
            return render(request, "web/conflict.html", {"why": said}, status=409)
        return None
