"""What a request asks for: the reader's zone, words and way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from evenhand.web.asked import words_of
from evenhand.web.context import zone_for


def zone_name(request: HttpRequest) -> str:
    """The name of the reader's time zone."""
    return zone_for(request).key


def query_of(request: HttpRequest) -> dict[str, str]:
    """The parameters of the address, one value each."""
    return {name: request.GET.get(name, "") for name in request.GET}


def texts_of(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """The fields of a form that were sent."""
    return {name: request.POST[name] for name in names if name in request.POST}


def back(
    request: HttpRequest, place: str, message: str = "", /, **params: str | int
) -> HttpResponse:
    """To where somebody came from, else to `place`, with a word that it is done."""
    if message:
        messages.success(request, words_of(request).text(message, **params))
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if is_ours else place)


@dataclass(frozen=True, slots=True)
class Filter:
    """A control above a list: a text, a day, or one of some choices."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[object, str]] | None = None
    type: str = "search"
    any: str = ""  # words of the choice that narrows nothing, where it is not "any"
