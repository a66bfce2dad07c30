"""Sections made ready once: conditions compiled, tables looked up, kept while in use."""

from collections.abc import Callable
from typing import Generic, TypeVar

from evenhand.engine.facts import FieldSchema

S = TypeVar("S")
R = TypeVar("R")

_MOST_KEPT = 64


class Prepared(Generic[S, R]):
    """`make(section, schema)`, made anew only for a section that was not seen lately.

    Sections are compared by identity: they hold mappings and cannot be hashed. What is kept holds
    on to its section, so that no other can take its place under the same identity.
    """

    __slots__ = ("_kept", "_make")

    def __init__(self, make: Callable[[S, FieldSchema], R]) -> None:
        self._make = make
        self._kept: dict[tuple[int, int], tuple[S, FieldSchema, R]] = {}

    def __call__(self, section: S, schema: FieldSchema) -> R:
        """The section made ready under this schema."""
        key = (id(section), id(schema))
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = (section, schema, self._make(section, schema))
        return known[2]
