"""Addresses of the API, of its document, and of how the server feels."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from evenhand.api.docs import openapi_json, show_docs
from evenhand.api.health import alive, ready
from evenhand.api.intake import take_in_one
from evenhand.api.metrics import metrics
from evenhand.api.routes import door

_patterns: list[Any] = door.urls[0]
_listed = next(
    one for one in _patterns if isinstance(one, URLPattern) and str(one.pattern) == "leads"
)


@csrf_exempt  # both doors check it where a session is what counts
def leads_door(request: HttpRequest) -> HttpResponse:
    """One address, two doors: a new lead takes the quick one."""
    if request.method == "POST":
        return take_in_one(request)
    response: HttpResponse = _listed.callback(request)
    if response.status_code == 405:
        response.headers["Allow"] = "GET, POST"
    return response


@csrf_exempt
def nothing_here(request: HttpRequest) -> JsonResponse:
    """Whatever else stands below /api/v1."""
    raise Http404


urlpatterns: list[Any] = [
    path("api/v1/leads", leads_door),
    path("healthz", alive),
    path("readyz", ready),
    path("metrics", metrics),
    path("api/docs", show_docs),
    path("api/v1/openapi.json", openapi_json),
    # Together, so that a page that is none of these pays for one address and not for all.
    path("api/v1/", include(_patterns)),
    re_path(r"^api/v1/", nothing_here),
]
