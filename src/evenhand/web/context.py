"""What every page knows: the reader's words, clock and menu, and who he is."""

from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from evenhand.notify.queries import unread_count
from evenhand.people.actor import Actor
from evenhand.people.models import Organization, User
from evenhand.people.organization import organization, zone_of
from evenhand.people.scope import actor_of
from evenhand.web.navigation import menu_for
from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, Words, locale_for

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
LOCALE_COOKIE = "locale"
# A language is written in itself, so that who reads no other finds it.
LOCALE_NAMES = {
    "zh-Hans": ("简体中文", "简"),
    "zh-Hant": ("繁體中文", "繁"),
    "en": ("English", "EN"),
}

_LOCALES = tuple((key, *LOCALE_NAMES[key]) for key in LOCALES)


def page(request: HttpRequest) -> dict[str, Any]:
    """Variables of every template; what costs a query is only read where it is shown."""
    locale = locale_of(request)
    return {
        "words": Words(locale),
        "locale": locale,
        "locales": _LOCALES,
        "theme": _theme(request),
        "viewer": _Viewer(request),
        "zone": SimpleLazyObject(lambda: zone_for(request)),
        "live_path": "/live",
        "live_mark": getattr(request, "live_mark", ""),
        "is_secure": settings.IS_SECURE,
    }


def zone_for(request: HttpRequest) -> ZoneInfo:
    """The clock by which this reader reads, found once per request."""
    found = getattr(request, "zone", None)
    if found is None:
        found = zone_of(_user(request), lambda: company_of(request))
        request.zone = found  # type: ignore[attr-defined]
    return found


def company_of(request: HttpRequest) -> Organization | None:
    """The company as it was when this request first asked, read once; None before the set-up."""
    if not hasattr(request, "company"):
        request.company = organization()  # type: ignore[attr-defined]
    found: Organization | None = request.company  # type: ignore[attr-defined]
    return found


def locale_of(request: HttpRequest) -> str:
    """As the middleware chose; where it did not get that far, by the browser alone."""
    found = getattr(request, "locale", None) or request.COOKIES.get(LOCALE_COOKIE)
    if found not in LOCALES:
        header = request.headers.get("Accept-Language", "")
        found = locale_for(header.split(",", 1)[0].split(";", 1)[0].strip() or None)
    return found if found in LOCALES else DEFAULT_LOCALE


class _Viewer:
    """Who reads, as far as the frame of a page asks: name, menu, unread notices."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> User | None:
        """The person, or None where nobody is logged in."""
        return _user(self._request)

    @cached_property
    def actor(self) -> Actor | None:
        """His rights, as the page found them."""
        known = getattr(self._request, "actor", None)
        user = self.user
        if known is None and user is not None:
            known = actor_of(user)
            self._request.actor = known  # type: ignore[attr-defined]
        return known

    @property
    def role_words(self) -> str:
        """The message that names his role."""
        user = self.user
        return f"web-role-{user.role}" if user is not None else "web-product"

    @property
    def enrol_from(self) -> date | None:
        """From which day on he must have a second factor, where he has none yet."""
        return getattr(self._request, "enrol_from", None)

    @cached_property
    def menu(self) -> Any:
        """The pages that he may open."""
        actor = self.actor
        return None if actor is None else menu_for(actor, self._request.path)

    @property
    def unread(self) -> int:
        """How many notices he has not read."""
        user = self.user
        return 0 if user is None else unread_count(user.pk)


def _user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) and user.is_authenticated else None


def _theme(request: HttpRequest) -> str:
    """light or dark as chosen in this browser, else in the profile; "" = as the device is."""
    chosen = request.COOKIES.get(THEME_COOKIE)
    if chosen is None:
        chosen = getattr(_user(request), "theme", "")
    return chosen if chosen in THEMES else ""
