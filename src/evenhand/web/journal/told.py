"""Events of the journal in words: what was done, to what, and the particulars.

The journal holds ids, codes and numbers. What has no words here is shown as it stands there: a
journal leaves nothing out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.journal.models import Event
from evenhand.people.names import user_names
from evenhand.wording.catalogue import Words, message_id

_PLACES = {
    "lead": "/leads",
    "account": "/accounts",
    "opportunity": "/opportunities",
    "appeal": "/appeals",
}
_ITEMS = frozenset(one.value for one in ItemKind)
# Particulars that name a person by id; `from`, `to` may also be a stage or a day.
_PEOPLE = frozenset({"rep", "from", "to", "manager", "reps"})
# A value by its word: the particular → where the words begin.
_WORDS = {
    "state": "web-state-",
    "stage": "web-stage-",
    "role": "web-role-",
    "scope": "web-members-scope-",
    "channel": "web-leads-channel-",
    "outcome": "web-leads-outcome-",
    "via": "web-event-via-",
    "kind": "web-event-link-",
    "by": "web-event-by-",
    "how": "web-event-how-",
    "clock": "clock-name-",
    "second_factor": "web-company-factor-",
    "acts": "web-studio-missed-",
}


@dataclass(frozen=True, slots=True)
class Particular:
    """One of the particulars of an event: its label, its value, and where that leads."""

    label: str
    value: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a person reads it."""

    at: datetime
    what: str
    who: str
    about: str
    path: str
    particulars: Sequence[Particular]


def what_words(words: Words, kind: str) -> str:
    """What was done: 手工转交线索; the code itself if it has no words."""
    thing, _, verb = kind.partition(".")
    if words.has(message := f"web-event-{message_id(kind)}"):
        return words.text(message)
    if thing in _ITEMS and words.has(message := f"web-event-item-{message_id(verb)}"):
        return words.text(message, item=words.text(f"item-kind-{thing}"))
    return kind


def object_words(words: Words, kind: str) -> str:
    """What a kind of object is called."""
    message = f"web-event-of-{message_id(kind)}"
    return words.text(message) if words.has(message) else kind


def particular_words(words: Words, key: str) -> str:
    """What one of the particulars is called."""
    message = f"web-event-key-{message_id(key)}"
    return words.text(message) if words.has(message) else key


def tell_events(words: Words, events: Sequence[Event]) -> list[Told]:
    """These events in words; one query for the names."""
    names = user_names(set(_people_in(events)))
    return [_told(words, one, names) for one in events]


def _people_in(events: Sequence[Event]) -> list[int]:
    found = [one.actor_id for one in events if one.actor_kind == "user" and one.actor_id]
    found += [one.object_id for one in events if one.object_kind == "person" and one.object_id]
    for one in events:
        for key in _PEOPLE & one.data.keys():
            value = one.data[key]
            found += [n for n in (value if isinstance(value, list) else [value]) if _is_id(n)]
    return found


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _told(words: Words, event: Event, names: Mapping[int, str]) -> Told:
    if event.actor_kind == "user":
        who = names.get(event.actor_id or 0, str(event.actor_id))
    else:
        who = words.text(f"web-actor-{event.actor_kind}")
    about, path = _about(words, event, names)
    particulars = [
        _particular(words, event, key, value, names)
        for key, value in sorted(event.data.items(), key=_order)
        if value not in (None, "", [], {})
    ]
    return Told(event.at, what_words(words, event.kind), who, about, path, particulars)


def _order(particular: tuple[str, Any]) -> tuple[int, str]:
    """Whence and whither first, the receipt last: the database keeps no order of its own."""
    first, last = ("first", "from", "to", "rep", "until"), ("note", "receipt")
    key = particular[0]
    if key in first:
        return first.index(key), key
    return (100 + last.index(key), key) if key in last else (50, key)


def _about(words: Words, event: Event, names: Mapping[int, str]) -> tuple[str, str]:
    kind, number = event.object_kind, event.object_id
    if kind == "person" and number is not None and number in names:
        return names[number], f"/members/{number}"
    shown = object_words(words, kind)
    if number is None:
        return shown, ""
    place = _PLACES.get(kind)
    return f"{shown} {number}", f"{place}/{number}" if place else ""


def _particular(
    words: Words, event: Event, key: str, value: Any, names: Mapping[int, str]
) -> Particular:
    label = particular_words(words, key)
    path = f"/receipts/{value}" if key == "receipt" else ""
    many = value if isinstance(value, list) else [value]
    shown = [_value(words, event, key, one, names) for one in many]
    # A pair is what it was and what it is; of people and fields there may be any number.
    is_change = len(shown) == 2 and key not in ("fields", "reps", "scopes")
    return Particular(label, (" → " if is_change else ", ").join(shown), path)


def _value(words: Words, event: Event, key: str, value: Any, names: Mapping[int, str]) -> str:
    if isinstance(value, bool):
        return words.text("value-yes" if value else "value-no")
    if value is None or value == "":
        return "—"
    if key in _PEOPLE and _is_id(value):
        return names.get(value, str(value))
    for message in _candidates(event, key, str(value)):
        if words.has(message):
            return words.text(message)
    return str(value)


def _candidates(event: Event, key: str, value: str) -> list[str]:
    """Messages that may say this value, the likeliest first."""
    code = message_id(value).replace(" ", "-")
    verb = event.kind.partition(".")[2]
    if key == "reason":
        act = {"handed_back": "return", "transferred": "transfer", "assigned": "assign"}
        act["reassigned"] = "pool"
        act["pooled"] = "return" if event.data.get("how") == "return" else "pool"
        act |= dict.fromkeys(("filed", "upheld", "rejected"), "credit")
        named = message_id(act.get(verb, "void"))
        own = {"exported": "export-reason", "erased": "erase-reason"}
        reasons = [f"web-leads-{own[verb]}-{code}"] if verb in own else []
        return [*reasons, f"act-reason-{named}-{code}", f"web-leads-loss-{code}"]
    if verb == "stage_set" and key in ("from", "to"):
        start = "web-opportunity-stage-" if event.object_kind == "opportunity" else "web-stage-"
        return [f"{start}{code}"]
    if key == "why":
        return [f"web-heap-{code}", f"web-event-why-{code}"]
    if key == "what":
        return [f"web-event-right-{code}", f"web-event-of-{code}", f"item-kind-{code}"]
    if key == "scopes":
        return [f"web-tokens-scope-{code}"]
    if key == "fields":
        return [f"web-leads-field-{code}", f"web-members-field-{code}"]
    return [f"{_WORDS[key]}{code}"] if key in _WORDS else []
