"""What an event type promises: its name, its object, its particulars.

A type is stable: later versions of the product may add particulars, and values to codes. Taking
one away, or changing what it means, makes a new version of the type (a test compares with what was
published). An event that the catalogue does not know cannot be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Particular:
    """One entry of an event's data."""

    schema: Mapping[str, Any]  # JSON Schema
    refers_to: str = ""  # of which kind of object this is the id: lead, person, receipt …

    def as_schema(self) -> dict[str, Any]:
        """As JSON Schema; what an id refers to is said in `x-refers-to`."""
        return {**self.schema, **({"x-refers-to": self.refers_to} if self.refers_to else {})}


def id_of(kind: str) -> Particular:
    """The id of an object, or null where there is none."""
    return Particular({"type": ["integer", "null"]}, kind)


def ids_of(kind: str) -> Particular:
    """Ids of several objects."""
    return Particular({"type": "array", "items": {"type": "integer"}}, kind)


def change(of: Particular) -> Particular:
    """What it was and what it is now, as a list of two."""
    pair = {"type": "array", "items": dict(of.schema), "minItems": 2, "maxItems": 2}
    return Particular(pair, of.refers_to)


CODE = Particular({"type": "string", "pattern": "^[a-z0-9_.-]*$"})
TEXT = Particular({"type": "string"})
NUMBER = Particular({"type": "integer"})
FLAG = Particular({"type": "boolean"})
MOMENT = Particular({"type": "string", "format": "date-time"})
DAY = Particular({"type": "string", "format": "date"})
CODES = Particular({"type": "array", "items": {"type": "string"}})
TEXTS = Particular({"type": "array", "items": {"type": ["string", "null"]}})
OBJECT = Particular({"type": "object"})
ANY = Particular({})

PERSON, RECEIPT = id_of("person"), id_of("receipt")


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event: of which object it tells, and what its data holds."""

    kind: str
    about: str  # the kind of its object: lead, person, line …
    data: Mapping[str, Particular] = field(default_factory=dict)
    version: int = 1
    any_field: bool = False  # further entries name changed fields: [what it was, what it is]

    def as_schema(self) -> dict[str, Any]:
        """The data of such an event as JSON Schema. Readers must bear with further entries."""
        return {
            "type": "object",
            "properties": {name: one.as_schema() for name, one in self.data.items()},
            "additionalProperties": True,
        }


class NotInCatalogue(Exception):
    """An event was to be written that the catalogue does not promise: a mistake in the program."""


def check_event(
    known: Mapping[str, EventType], kind: str, about: str, data: Mapping[str, Any]
) -> None:
    """Refuse what the catalogue does not promise.

    :raises NotInCatalogue: an unknown type, another object, or particulars that it does not name.
    """
    one = known.get(kind)
    if one is None:
        raise NotInCatalogue(f"event type {kind!r} is not in journal/catalogue")
    if one.about != about:
        raise NotInCatalogue(f"{kind} is about {one.about!r}, not {about!r}")
    if not one.any_field and not data.keys() <= one.data.keys():
        more = sorted(data.keys() - one.data.keys())
        raise NotInCatalogue(f"{kind} does not name {more} in journal/catalogue")
