"""What the first pages need, made ready before anybody asks for them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

_TEMPLATES = Path(__file__).parent / "templates"


def warm_up() -> None:
    """Read in every page and its template, in under a second of a core.

    A process that does this at its first request lets all wait that come meanwhile: at 150 a second
    several hundred were told to come again by a server that could serve them. Asks no database,
    because that may be away.
    """
    _read_in(get_resolver().url_patterns)
    for one in sorted(_TEMPLATES.rglob("*.html")):
        get_template(str(one.relative_to(_TEMPLATES)))


def _read_in(patterns: Iterable[Any]) -> None:
    for one in patterns:
        if isinstance(one, URLResolver):
            _read_in(one.url_patterns)
