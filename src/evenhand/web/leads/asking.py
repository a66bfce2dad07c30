"""What a request asks for: the reader's zone, words and way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from evenhand.web.context import zone_for
from evenhand.wording.catalogue import Words


def words_of(request: HttpRequest) -> Words:
    """The reader's words."""
    return Words(request.locale)  # type: ignore[attr-defined]


def zone_name(request: HttpRequest) -> str:
    """The name of the reader's time zone."""
    return zone_for(request).key


def query_of(request: HttpRequest) -> dict[str, str]:
    """The parameters of the address, one value each."""
    return {name: request.GET.get(name, "") for name in request.GET}


def texts_of(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """The fields of a form that were sent."""
    return {name: request.POST[name] for name in names if name in request.POST}


def number_of(text: str | None) -> int | None:
    """A whole number from a form; None where it is none."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 19
    return int(text) if text is not None and is_number else None


def numbers_of(request: HttpRequest, name: str) -> list[int]:
    """The rows that were ticked."""
    found = (number_of(text) for text in request.POST.getlist(name))
    return [number for number in found if number is not None]


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
