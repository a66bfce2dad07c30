"""The filter of an export in words, for who looks back and for who confirms it."""

from typing import Any
from urllib.parse import parse_qsl

from evenhand.exports.models import Export, Step
from evenhand.people.names import user_names
from evenhand.wording.catalogue import Words

_PEOPLE = ("owner", "actor_id")
_QUIET = ("searched",)


def filter_words(row: Export, words: Words) -> str:
    """What the rows were narrowed to; what was typed into search only while it waits or runs."""
    told: dict[str, Any] = {key: value for key, value in row.told.items() if key not in _QUIET}
    names = user_names({value for key, value in told.items() if key in _PEOPLE})
    said = []
    for key, value in told.items():
        text = names.get(value, value) if key in _PEOPLE else _value(key, value, words)
        said.append(f"{_label(key, words)}: {text}")
    if row.told.get("searched"):
        typed = dict(parse_qsl(row.query)).get("q", "") if row.step != Step.DONE else ""
        said.insert(0, f"{words.text('web-exports-searched')}: {typed or '…'}")
    return "; ".join(said)


def _label(key: str, words: Words) -> str:
    for message in (f"web-leads-filter-{key}", f"web-journal-{key}", f"web-exports-filter-{key}"):
        if words.has(message := message.replace("_", "-")):
            return words.text(message)
    return key


def _value(key: str, value: Any, words: Words) -> str:
    message = f"web-leads-{key}-{value}".replace("_", "-")
    return words.text(message) if words.has(message) else str(value)[:60]
