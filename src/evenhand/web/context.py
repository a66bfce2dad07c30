"""What every page knows: the reader's words, and who he is."""

from typing import Any

from django.http import HttpRequest

from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, Words


def page(request: HttpRequest) -> dict[str, Any]:
    """Variables of every template."""
    locale = getattr(request, "locale", DEFAULT_LOCALE)
    return {"words": Words(locale), "locale": locale, "locales": LOCALES}
