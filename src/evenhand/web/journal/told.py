"""Events of the journal in words: what was done, to what, and the particulars.

The journal holds ids, codes and numbers. What has no words here is shown as it stands there: a
journal leaves nothing out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.engine.facts import ItemKind
from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.models import Event
from evenhand.people.names import user_names
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.formats import day, full_moment, points, read_moment

# A day, or a time with its offset, as events hold them.
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2}))?$")
_PLACES = {
    "lead": "/leads",
    "account": "/accounts",
    "opportunity": "/opportunities",
    "appeal": "/appeals",
    "receipt": "/receipts",
    "rebalance": "/rebalances",
    "departure": "/handover/departures",
    "import": "/imports",
    "task": "/tasks",
}
_ITEMS = frozenset(one.value for one in ItemKind)
# Particulars that name a person by id in events that the catalogue no longer knows.
_PEOPLE = frozenset({"rep", "from", "to", "manager", "reps"})
_POINTS = frozenset({"points", "price"})  # in millionths
# A value by its word: the particular → where the words begin.
_WORDS = {
    "answer": "web-work-answer-",
    "back": "web-handover-back-",
    "evidence": "web-studio-task-evidence-",
    "item_kind": "item-kind-",
    "known_by": "web-leads-known-by-",
    "page": "web-nav-",
    "standing": "web-conflicts-standing-",
    "state": "web-state-",
    "then": "web-handover-then-",
    "word": "web-work-word-",
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


def particular_words(words: Words, kind: str, key: str) -> str:
    """What one of the particulars of such events is called."""
    name = message_id(key)
    for message in (f"web-event-key-{message_id(kind)}-{name}", f"web-event-key-{name}"):
        if words.has(message):
            return words.text(message)
    return key


def field_words(words: Words, kind: str, key: str) -> str:
    """The same as a program gets it: points in millionths."""
    name = particular_words(words, kind, key)
    return words.text("web-event-key-millionths", name=name) if key in _POINTS else name


def tell_events(words: Words, events: Sequence[Event], zone: ZoneInfo) -> list[Told]:
    """These events in words, times by the clock of `zone`; one query for the names."""
    names = user_names(set(_people_in(events)))
    reader = _Reader(words, zone, names)
    return [_told(reader, one) for one in events]


@dataclass(frozen=True, slots=True)
class _Reader:
    """In which language, by which clock, and with the names of which people events are told."""

    words: Words
    zone: ZoneInfo
    names: Mapping[int, str]


def _people_in(events: Sequence[Event]) -> list[int]:
    found = [one.actor_id for one in events if one.actor_kind == "user" and one.actor_id]
    found += [one.object_id for one in events if one.object_kind == "person" and one.object_id]
    for one in events:
        for key, value in one.data.items():
            if _refers_to(one, key) != "person":
                continue
            found += [n for n in (value if isinstance(value, list) else [value]) if _is_id(n)]
    return found


def _refers_to(event: Event, key: str) -> str:
    """Of which kind of object a particular holds ids; "" = it holds something else."""
    known = CATALOGUE.get(event.kind)
    if known is None:
        return "person" if key in _PEOPLE else key if key == "receipt" else ""
    one = known.data.get(key)
    return "" if one is None else one.refers_to


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _told(reader: _Reader, event: Event) -> Told:
    words, names = reader.words, reader.names
    if event.actor_kind == "user":
        who = names.get(event.actor_id or 0, str(event.actor_id))
    else:
        who = words.text(f"web-actor-{event.actor_kind}")
    about, path = _about(words, event, names)
    particulars = [
        _particular(reader, event, key, value)
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


def _particular(reader: _Reader, event: Event, key: str, value: Any) -> Particular:
    label = particular_words(reader.words, event.kind, key)
    path = _path(event, key, value)
    many = value if isinstance(value, list) else [value]
    shown = [_value(reader, event, key, one) for one in many]
    is_change = len(shown) == 2 and not _is_list(event, key)
    return Particular(label, (" → " if is_change else ", ").join(shown), path)


def _is_list(event: Event, key: str) -> bool:
    """Whether there may be any number of these; else a pair is what it was and what it is."""
    known = CATALOGUE.get(event.kind)
    schema = known.data[key].schema if known is not None and key in known.data else {}
    return schema.get("type") == "array" and "minItems" not in schema


def _path(event: Event, key: str, value: Any) -> str:
    """Where what a particular names can be looked at; "" = nowhere."""
    if not _is_id(value):
        return ""
    place = _PLACES.get(_refers_to(event, key))
    return f"{place}/{value}" if place else ""


def _value(reader: _Reader, event: Event, key: str, value: Any) -> str:
    words = reader.words
    if isinstance(value, bool):
        return words.text("value-yes" if value else "value-no")
    if value is None or value == "":
        return "—"
    if key in _POINTS and _is_id(value):
        return str(points(value))
    if isinstance(value, dict):
        return ", ".join(
            f"{name}: {_value(reader, event, name, one)}" for name, one in value.items()
        )
    if isinstance(value, list):
        parts = [_value(reader, event, key, one) for one in value]
        return (" → " if key in _POINTS else ", ").join(parts)
    if _refers_to(event, key) == "person" and _is_id(value):
        return reader.names.get(value, str(value))
    for message in _candidates(event, key, str(value)):
        if words.has(message):
            return words.text(message)
    return _moment(reader, value) or str(value)


def _moment(reader: _Reader, value: Any) -> str:
    """A time by the reader's clock, a day as he writes it; "" = it is neither."""
    found = read_moment(value) if isinstance(value, str) and _DATED.match(value) else None
    if found is None:
        return ""
    if not isinstance(found, datetime):
        return day(reader.words.locale, found)
    return full_moment(reader.words.locale, found.astimezone(reader.zone))


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
        of = ("leads", "members", "tasks")
        return [f"web-{one}-field-{code}" for one in of]
    if key == "kinds":
        return [f"web-event-{code}"]
    if key == "state" and event.object_kind == "task":
        return [f"web-tasks-state-{code}"]
    return [f"{_WORDS[key]}{code}"] if key in _WORDS else []
