"""Parts of a document changed one by one: what a form of the studio does to the rules.

Functions from plain values to plain values; whether the result is a policy is for the reader of
documents to say. Positions count from 0.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from evenhand.engine.reasons import reason
from evenhand.policies.refusals import CannotEdit

Plain = dict[str, Any]
Change = Callable[[Plain], Plain]

# Lists whose parts have forms, and the key that names a part.
NAMES: Mapping[str, str] = {"rules": "rule", "groups": "group"}


def put(part: str, place: int | None, was: str, values: Plain) -> Change:
    """Replace the part at a place, or add one (None).

    `was` is the name it had when the form was opened: a form never lands on another part. A group
    that gets another name keeps its rules.
    """

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts = found.setdefault(part, [])
        if place is None:
            parts.insert(landing(part, parts), values)
            return found
        before = _at(parts, part, place, was)
        kept = {key: value for key, value in before.items() if key not in values}
        # What the form does not show (weights of a group) stays; what it empties goes.
        parts[place] = {
            key: value for key, value in {**kept, **values}.items() if value is not None
        }
        if part == "groups" and values["group"] != was:
            for rule in found.get("rules", ()):
                if rule.get("to", {}).get("group") == was:
                    rule["to"]["group"] = values["group"]
        return found

    return change


def move(part: str, place: int, was: str, by: int) -> Change:
    """Move a part up (-1) or down (1); at the end it stays."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts = found.get(part, [])
        one = _at(parts, part, place, was)
        del parts[place]
        parts.insert(max(0, min(len(parts), place + by)), one)
        return found

    return change


def copy_of(part: str, place: int, was: str) -> Change:
    """A part once more, below the first, under a name that is free."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts, key = found.get(part, []), NAMES[part]
        one = deepcopy(_at(parts, part, place, was))
        taken = {other[key] for other in parts}
        one[key] = next(
            name for n in range(2, len(parts) + 3) if (name := f"{was} {n}"[-200:]) not in taken
        )
        parts.insert(place + 1, one)
        return found

    return change


def remove(part: str, place: int, was: str) -> Change:
    """Take a part away."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts = found.get(part, [])
        _at(parts, part, place, was)
        del parts[place]
        return found

    return change


def settle(section: str, values: Plain) -> Change:
    """Set keys of a section; None leaves a key out, so that it has its default again."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        merged = {**found.get(section, {}), **values}
        found[section] = {key: value for key, value in merged.items() if value is not None}
        return found

    return change


def landing(part: str, parts: Sequence[Plain]) -> int:
    """Where a new part is added: at the end, a rule above one at the end that takes everything."""
    takes_all = part == "rules" and bool(parts) and parts[-1].get("when", "true") == "true"
    return len(parts) - 1 if takes_all else len(parts)


def _at(parts: Any, part: str, place: int, was: str) -> Any:
    if not 0 <= place < len(parts) or parts[place].get(NAMES[part]) != was:
        raise CannotEdit(reason("studio.part_moved"))
    return parts[place]
