"""Sentences by message id, in 简体中文, 繁體中文 and English.

Each locale is a folder of Fluent files; a message id stands in one of them. Whole sentences with
named parameters, never words glued together, so that plurals and order are each language's own.
"""

from collections.abc import Mapping
from functools import cache
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
        self._plain = _plain(locale)

    def has(self, message: str) -> bool:
        """Whether there is a sentence with this id."""
        return self._bundle.has_message(message)

    def text(self, message: str, /, **params: Argument) -> str:
        """The sentence of this id with its parameters filled in.

        :raises UnknownMessage: no such sentence.
        :raises UnworthySentence: a parameter is missing.
        """
        if not params:
            if message not in self._plain:
                self._plain[message] = self._formed(message, {})
            return self._plain[message]
        return self._formed(message, params)

    def _formed(self, message: str, params: Mapping[str, Argument]) -> str:
        if not self._bundle.has_message(message):
            raise UnknownMessage(f"{self.locale}: {message}")
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise UnknownMessage(f"{self.locale}: {message} has no value")
        named: dict[str, Argument] = {
            name.replace("_", "-"): value for name, value in params.items()
        }
        sentence, errors = self._bundle.format_pattern(pattern, named)
        if errors:
            raise UnworthySentence(f"{self.locale}: {message}: {errors[0]}")
        return str(sentence)


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
def _plain(locale: str) -> dict[str, str]:
    """Sentences without parameters, once they were formed: no more than there are messages."""
    return {}


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
