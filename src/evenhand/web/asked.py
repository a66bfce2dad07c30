"""What a request asks for and in whose words it is answered: read here once, for every page."""

from collections.abc import Iterable

from django.http import HttpRequest

from evenhand.web.context import locale_of
from evenhand.wording.catalogue import Words

_MOST_DIGITS = 18  # so that every number fits the ids of the database


def words_of(request: HttpRequest) -> Words:
    """The sentences in the reader's language."""
    return Words(locale_of(request))


def number_of(text: str | None) -> int | None:
    """A whole number, such as an id, in an address or a form; None where it is none."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
        return None
    return int(text)


def numbers_of(texts: Iterable[str]) -> tuple[int, ...]:
    """The numbers among these texts: the rows that were ticked."""
    return tuple(number for text in texts if (number := number_of(text)) is not None)
