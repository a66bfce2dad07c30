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
NAMES: Mapping[str, str] = {
    "rules": "rule",
    "groups": "group",
    "pools": "pool",
    "clock_rules": "rule",
    "levels": "level",
    "task_types": "type",
    "task_rules": "rule",
    "triggers": "trigger",
    "meetings": "hours",  # nothing else tells one meeting from another
}
# Lists within a section: part → section and key. Every other list is a section of its own.
HOLDERS: Mapping[str, tuple[str, str]] = {
    "clock_rules": ("clocks", "rules"),
    "task_types": ("tasks", "types"),
    "task_rules": ("tasks", "rules"),
    "triggers": ("tasks", "triggers"),
    "meetings": ("workload", "meetings"),
}


def list_of(plain: Plain, part: str) -> list[Any]:
    """The list whose parts these are, made where it is missing."""
    section, key = HOLDERS.get(part, ("", part))
    holder = plain.setdefault(section, {}) if section else plain
    found: list[Any] = holder.setdefault(key, [])
    return found


def put(part: str, place: int | None, was: str, values: Plain) -> Change:
    """Replace the part at a place, or add one (None).

    `was` is the name it had when the form was opened: a form never lands on another part. What
    names a group, a pool, a level or a type of to-dos goes along when it gets another name.
    """

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts = list_of(found, part)
        if place is None:
            # What a form leaves empty stays out of the document.
            parts.insert(landing(part, parts), _set(values))
            return found
        before = _at(parts, part, place, was)
        kept = {key: value for key, value in before.items() if key not in values}
        # What the form does not show (weights of a group) stays; what it empties goes.
        parts[place] = _set({**kept, **values})
        if part in ("groups", "pools", "levels", "task_types"):
            _rename(found, NAMES[part], was, values[NAMES[part]])
        return found

    return change


def move(part: str, place: int, was: str, by: int) -> Change:
    """Move a part up (-1) or down (1); at the end it stays."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts = list_of(found, part)
        one = _at(parts, part, place, was)
        del parts[place]
        parts.insert(max(0, min(len(parts), place + by)), one)
        return found

    return change


def copy_of(part: str, place: int, was: str) -> Change:
    """A part once more, below the first, under a name that is free."""

    def change(plain: Plain) -> Plain:
        found = deepcopy(plain)
        parts, key = list_of(found, part), NAMES[part]
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
        parts = list_of(found, part)
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
    is_asked = part in ("rules", "clock_rules", "task_rules")
    takes_all = is_asked and bool(parts) and _takes_all(parts[-1], part)
    return len(parts) - 1 if takes_all else len(parts)


def _set(values: Plain) -> Plain:
    return {key: value for key, value in values.items() if value is not None}


def _rename(plain: Plain, kind: str, was: str, name: str) -> None:
    """Whatever names a group, a pool, a level or a type goes along when it gets another name.

    Conditions do not: what they ask of people (`rep.level`) is not for the rules to rename.
    """
    clocks, tasks = plain.get("clocks") or {}, plain.get("tasks") or {}
    of_tasks = tasks.get("rules", ())
    places = [
        (rule.get(part) or {}, kind)
        for rule in (*plain.get("rules", ()), *of_tasks)
        for part in ("to", "if_nobody")
    ]
    places += [(pool, kind) for pool in plain.get("pools", ()) if kind == "group"]
    places += [(rule, f"to_{kind}") for rule in clocks.get("rules", ()) if kind == "pool"]
    if kind == "level":
        capacity = plain.get("capacity") or {}
        places += [(one, kind) for one in (*capacity.get("by_level", ()), *tasks.get("types", ()))]
    if kind == "type":
        places += [(one, kind) for one in tasks.get("triggers", ())]
        for rule in of_tasks:
            rule["types"] = [name if one == was else one for one in rule.get("types", ())]
    for part, key in places:
        if part.get(key) == was:
            part[key] = name


def _takes_all(rule: Plain, part: str) -> bool:
    if part == "task_rules" and rule.get("types"):
        return False
    asked = ("when", "who") if part == "clock_rules" else ("when",)
    return all(rule.get(key, "true") == "true" for key in asked)


def _at(parts: Any, part: str, place: int, was: str) -> Any:
    if not 0 <= place < len(parts) or parts[place].get(NAMES[part]) != was:
        raise CannotEdit(reason("studio.part_moved"))
    return parts[place]
