"""Acts of pages with several forms: done, or refused in the form that asked for them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from evenhand.people.actor import Actor
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in
from evenhand.web.asked import words_of
from evenhand.wording.reasons import say

# The page anew: with what is wrong (the form, its field, in words), and the status of the answer.
Again = Callable[[dict[str, str], int], HttpResponse]


def try_act(
    request: HttpRequest,
    act: Callable[[Actor], object],
    said: str,
    *,
    form: str,
    again: Again,
    place: str,
) -> HttpResponse:
    """Do it, say so (`said` is a message of the catalogue) and go to `place`; what is refused
    stands in its form, as it was typed."""
    words = words_of(request)
    try:
        act(actor_in(request))
    except Refused as refusal:
        wrong = {"form": form, "field": refusal.field, "words": say(words, refusal.why)}
        return again(wrong, 422 if refusal.field else 409)
    messages.success(request, words.text(said))
    return redirect(place)
