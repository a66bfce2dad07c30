"""Paths into the body of a call: `data.list[0].name`, `field_data[name=email].values[0]`.

Steps are names (in quotes where they hold signs of this language), numbers of entries from 0,
`[*]` for every entry, and `[key=value]` for entries that say so. A text that holds JSON is opened
on the way: platforms like to put objects into texts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

_STEP = re.compile(
    r"""
    (?:(?:^(?!\.)|(?<!^)\.)(?:"(?P<quoted>[^"]{1,200})"|(?P<name>[^.\[\]"=]{1,200})))
    | \[(?P<number>\d{1,4})\]
    | \[(?P<every>\*)\]
    | \[(?P<key>[^\[\]="]{1,80})=(?:"(?P<same_quoted>[^"]{0,200})"|(?P<same>[^\[\]"]{0,200}))\]
    """,
    re.VERBOSE,
)
MOST_STEPS = 20
_MOST_FOUND = 1_000


class UnreadablePath(Exception):
    """A path is not written in this language."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of an object."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """An entry of a list, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Every:
    """All entries of a list."""


@dataclass(frozen=True, slots=True)
class Which:
    """The entries of a list in which a key has a value."""

    key: str
    value: str


Step = Name | Number | Every | Which
Path = tuple[Step, ...]


@lru_cache(maxsize=2_000)
def read_path(text: str) -> Path:
    """The steps of a path; "" is the whole.

    :raises UnreadablePath: it is none.
    """
    steps: list[Step] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None or len(steps) >= MOST_STEPS:
            raise UnreadablePath(text[:80])
        at = found.end()
        steps.append(_step(found))
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    part = found.groupdict()
    if part["number"] is not None:
        return Number(int(part["number"]))
    if part["every"]:
        return Every()
    if part["key"] is not None:
        same = part["same_quoted"] if part["same_quoted"] is not None else part["same"]
        return Which(part["key"].strip(), same or "")
    name = part["quoted"] if part["quoted"] is not None else part["name"].strip()
    return Name(name)


def values_at(whole: Any, path: Path) -> list[Any]:
    """Everything a path leads to; nothing where it leads nowhere."""
    found = [whole]
    for step in path:
        found = [inner for value in found for inner in _go(opened(value), step)][:_MOST_FOUND]
    return found


def _go(value: Any, step: Step) -> Iterator[Any]:
    match step:
        case Name(name) if isinstance(value, Mapping):
            if name in value:
                yield value[name]
        case Number(number) if isinstance(value, list):
            if number < len(value):
                yield value[number]
        case Number(0):
            yield value  # one entry may stand alone: XML knows no lists
        case Every():
            if isinstance(value, list):
                yield from value
            elif isinstance(value, Mapping):
                yield value
        case Which(key, same):
            for entry in value if isinstance(value, list) else [value]:
                if isinstance(entry, Mapping) and as_text(entry.get(key)) == same:
                    yield entry


def opened(value: Any) -> Any:
    """A text that holds a JSON object or list, as that; everything else as it is."""
    if isinstance(value, str) and value[:1] in "{[" and value[-1:] in "}]":
        try:
            return json.loads(value, parse_float=Decimal)
        except (ValueError, RecursionError):
            return value
    return value


def as_text(value: Any) -> str:
    """A value as one line of text: lists joined, objects as JSON, nothing as ""."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            text = value
        case list() if all(not isinstance(one, Mapping | list) for one in value):
            text = "、".join(filter(None, map(as_text, value)))
        case Mapping() | list():
            text = json.dumps(value, ensure_ascii=False, default=str)
        case _:
            text = str(value)
    return usable(text).strip()


def usable(text: str) -> str:
    """Without what a database cannot hold: null characters, halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
