"""Sentences by message id, in 简体中文, 繁體中文 and English.

Each locale is a folder of Fluent files; a message id stands in one of them. Whole sentences with
named parameters, never words glued together, so that plurals and order are each language's own.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

LOCALES = ("zh-Hans", "zh-Hant", "en")
DEFAULT_LOCALE = "zh-Hans"

Argument = str | int

_reading = Lock()


class UnknownMessage(KeyError):
    """No sentence has this id in this locale."""


class UnworthySentence(ValueError):
    """A sentence could not be formed: a parameter is missing."""


def locale_for(wish: str | None) -> str:
    """The locale nearest to a wish such as zh_TW.UTF-8, zh-CN, en-GB; None = the default."""
    if not wish:
        return DEFAULT_LOCALE
    tag = wish.split(".", 1)[0].replace("_", "-").lower()
    if tag.startswith("zh"):
        is_traditional = any(mark in tag for mark in ("hant", "-tw", "-hk", "-mo"))
        return "zh-Hant" if is_traditional else "zh-Hans"
    return "en" if tag not in ("c", "posix") else DEFAULT_LOCALE


def message_id(code: str) -> str:
    """The message id of a reason code: `capacity.open_items` → `capacity-open-items`."""
    return code.replace(".", "-").replace("_", "-")


class Words:
    """The sentences of one locale."""

    def __init__(self, locale: str) -> None:
        """:raises KeyError: not one of LOCALES."""
        self.locale = locale
        self._bundle = _bundle(locale)

    def has(self, message: str) -> bool:
        """Whether there is a sentence with this id."""
        return self._bundle.has_message(message)

    def text(self, message: str, /, **params: Argument) -> str:
        """The sentence of this id with its parameters filled in.

        :raises UnknownMessage: no such sentence.
        :raises UnworthySentence: a parameter is missing.
        """
        return _formed(self.locale, message, **params) if params else _plain(self.locale, message)


def sources(locale: str) -> dict[str, str]:
    """The Fluent files of a locale, by name.

    :raises KeyError: not one of LOCALES.
    """
    if locale not in LOCALES:
        raise KeyError(locale)
    folder = files("evenhand.wording") / "locales" / locale
    return {
        entry.name: entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda one: one.name)
        if entry.name.endswith(".ftl")
    }


@cache
def _plain(locale: str, message: str) -> str:
    """A sentence without parameters: kept, for there are no more of them than messages."""
    return _form(locale, message, {})


# The same counts, points and names come again and again: forming one takes as long as a query.
@lru_cache(maxsize=8_192, typed=True)
def _formed(locale: str, message: str, /, **params: Argument) -> str:
    return _form(locale, message, params)


def _form(locale: str, message: str, params: Mapping[str, Argument]) -> str:
    bundle = _bundle(locale)
    if not bundle.has_message(message):
        raise UnknownMessage(f"{locale}: {message}")
    pattern = bundle.get_message(message).value
    if pattern is None:
        raise UnknownMessage(f"{locale}: {message} has no value")
    named: dict[str, Argument] = {name.replace("_", "-"): value for name, value in params.items()}
    sentence, errors = bundle.format_pattern(pattern, named)
    if errors:
        raise UnworthySentence(f"{locale}: {message}: {errors[0]}")
    return str(sentence)


def _bundle(locale: str) -> FluentBundle:
    # One reads the files, half a second of work; those who come meanwhile wait for it.
    with _reading:
        return _read_bundle(locale)


@cache
def _read_bundle(locale: str) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=False)
    for name, source in sources(locale).items():
        resource = FluentResource(source)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise UnworthySentence(f"{locale}/{name}: {(entry.content or '')[:80]!r}")
        bundle.add_resource(resource, allow_overrides=False)
    return bundle
