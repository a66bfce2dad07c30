"""Light or dark, as somebody chose in this browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from evenhand.web.context import THEME_COOKIE, THEMES

_YEAR = 365 * 24 * 3600


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in this browser; anything else means: as the device is."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = HttpResponseRedirect(wanted if is_ours else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=_YEAR, secure=settings.IS_SECURE, samesite="Lax"
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


urlpatterns = [path("theme", theme)]
