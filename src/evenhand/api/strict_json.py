"""JSON from strangers: read strictly, and refused before it costs anything.

A lenient reader takes two keys of one name and keeps the last, takes NaN, and lets a thousand
brackets fill the stack; each of these hides a mistake of the sender or an attack.
"""

import json
import re
from collections.abc import Iterable
from math import isfinite
from typing import Any

DEEPEST = 32
# Strings and brackets of one body: 1,000 leads with every field come to half of this.
MOST_PARTS = 100_000
MOST_BRACKETS = 20_000
MOST_COMMAS = 200_000

# Possessive: nothing is tried twice, so that a long text or an open one costs its length once.
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_OPEN = b"[{"
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# Escapes of NUL and of halves of characters, which make a whole one only in pairs.
_BAD_ESCAPES = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class Unreadable(Exception):
    """The body is not JSON; line and column where it stops being it, 0 = not known."""

    def __init__(self, line: int = 0, column: int = 0) -> None:
        super().__init__(line, column)
        self.line = line
        self.column = column


class TooComplex(Exception):
    """It is nested too deeply, or has too many parts, to be a request of this API."""


class DuplicateKey(Exception):
    """An object has two keys of one name."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_json(body: bytes) -> Any:
    """The values of a body; texts without NUL and without halves of characters.

    :raises Unreadable: it is not JSON in UTF-8, or has NaN, Infinity or a number without bounds.
    :raises TooComplex: too deep, or too many parts.
    :raises DuplicateKey: two keys of one name in one object.
    """
    _look_over(body)
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except DuplicateKey:
        raise
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, error.colno) from None
    except (ValueError, RecursionError):
        raise Unreadable from None
    # Raw NUL is no JSON, and raw UTF-8 has no halves: only escapes can bring them.
    return _cleaned(value) if _BAD_ESCAPES.search(body) else value


def _look_over(body: bytes) -> None:
    if body.count(b",") > MOST_COMMAS:
        raise TooComplex
    outside, strings = _STRINGS.subn(b"", body)
    brackets = outside.translate(None, _NO_BRACKETS)
    if len(brackets) > 2 * MOST_BRACKETS or strings + len(brackets) > MOST_PARTS:
        raise TooComplex
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in _OPEN else -1
        if depth > DEEPEST:
            raise TooComplex


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey(_first_repeated(key for key, _ in pairs))
    return found


def _first_repeated(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {_text(key): _cleaned(part) for key, part in value.items()}
    return value


def _text(value: str) -> str:
    if "\x00" in value:
        value = value.replace("\x00", "")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
