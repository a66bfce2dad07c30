"""What came of sending something, in words."""

from django.contrib import messages
from django.http import HttpRequest

from evenhand.notify.channels.base import Outcome, Sent
from evenhand.web.asked import words_of


def say_outcome(request: HttpRequest, outcome: Outcome, *, good: str) -> None:
    """A message for the next page: it went well, or why not and what to do."""
    words = words_of(request)
    if isinstance(outcome, Sent):
        messages.success(request, words.text(good))
        return
    why = words.text(f"web-channel-why-{outcome.why.replace('_', '-')}")
    text = words.text("web-integrations-failed", why=why, detail=outcome.detail or "—")
    messages.error(request, text)
