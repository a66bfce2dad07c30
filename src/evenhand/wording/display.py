"""The ways a parameter of a reason can be shown: numbers, times, people, fields, words.

Each takes a language, the whole reason (what is wanted of a field depends on the field) and the
value, and gives what the message sees. `parameters` says which parameter is shown in which way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from evenhand.engine.facts import BUILT_IN_FIELDS, FieldType
from evenhand.engine.reasons import Param, Reason
from evenhand.wording import formats
from evenhand.wording.catalogue import Words

# What a message sees where there is no value: a variant key, so that a sentence can leave it out.
NO_VALUE = "no-value"

# Far below the length at which Fluent refuses a parameter.
CHOICES_CHARACTERS = 1_000


Shown = str | int


@dataclass(frozen=True, slots=True)
class Speech:
    """A language, and how people are called in it."""

    words: Words
    name_of: Callable[[str], str]


Show = Callable[[Speech, Reason, Param], Shown]


# -- plain values ------------------------------------------------------------------------------


def text(speech: Speech, why: Reason, value: Param) -> Shown:
    """A value as it is, on one line."""
    if value is None or value in ("", ()):
        return NO_VALUE
    if isinstance(value, bool):
        return speech.words.text("value-yes" if value else "value-no")
    if isinstance(value, tuple):
        parts = [str(text(speech, why, part)) for part in value]
        return formats.listed(speech.words, parts)
    return formats.tidy(str(value))


def choices(speech: Speech, why: Reason, value: Param) -> Shown:
    """A list from which somebody has to choose: nothing is left out."""
    if not isinstance(value, tuple) or not value:
        return text(speech, why, value)
    joined = formats.list_text(speech.words, [formats.tidy(str(part)) for part in value])
    return joined[:CHOICES_CHARACTERS]


def count(speech: Speech, why: Reason, value: Param) -> Shown:
    """A number of things: it has a plural."""
    return value if isinstance(value, int) else text(speech, why, value)


def amount(convert: Callable[[int], Shown]) -> Show:
    """An integer in small units, put into the unit people count in."""

    def show(speech: Speech, why: Reason, value: Param) -> Shown:
        return convert(value) if isinstance(value, int) else text(speech, why, value)

    return show


points = amount(formats.points)
exact_points = amount(formats.exact_points)
score = amount(formats.score)
percent = amount(formats.percent)
# What would have been enough: a little more is enough, too, and 2.11 is easier than 2.100001.
enough_points = amount(
    lambda value: formats.points(-(-value // formats.HUNDREDTH) * formats.HUNDREDTH)
)
signed_score = amount(lambda value: formats.signed(value, formats.SCORE_DECIMALS))
signed_points = amount(lambda value: formats.signed(value, formats.POINT_DECIMALS))


def balance_text(words: Words, micro_points: int) -> str:
    """A balance as its owner reads it: 待补 3.2 分, 已超 1.5 分."""
    shown = formats.points(abs(micro_points))
    return words.text("balance", sign=_sign(micro_points), points=shown)


def _sign(micro_points: int) -> str:
    return "owed" if micro_points > 0 else "ahead" if micro_points < 0 else "even"


def front(speech: Speech, why: Reason, value: Param) -> Shown:
    """The balance of who comes first: 待补最多, or 已超最少 where everybody is ahead."""
    if not isinstance(value, int):
        return text(speech, why, value)
    return speech.words.text("front", sign=_sign(value), points=formats.points(abs(value)))


def balance(speech: Speech, why: Reason, value: Param) -> Shown:
    """Micro-points owed, or ahead if negative."""
    if not isinstance(value, int):
        return text(speech, why, value)
    return balance_text(speech.words, value)


# -- times -------------------------------------------------------------------------------------


def moment(speech: Speech, why: Reason, value: Param) -> Shown:
    """A time or a date, in short form."""
    if not isinstance(value, str) or not value:
        return text(speech, why, value)
    return formats.moment(speech.words.locale, value)


def leave_end(speech: Speech, why: Reason, value: Param) -> Shown:
    """The last day of a leave; nothing if it is the first day, too."""
    last = formats.last_moment(speech.words.locale, str(value))
    return NO_VALUE if last == moment(speech, why, why["from_at"]) else last


def leave_stop(speech: Speech, why: Reason, value: Param) -> Shown:
    """From when nothing more is dealt; nothing if that is the begin of the leave itself."""
    return NO_VALUE if value == why["from_at"] else moment(speech, why, value)


# -- words of the language ---------------------------------------------------------------------


def other_spelling(speech: Speech, why: Reason, value: Param) -> Shown:
    """How a grade was written; nothing if that is its name."""
    return NO_VALUE if value == why["grade"] else text(speech, why, value)


def token(speech: Speech, why: Reason, value: Param) -> Shown:
    """A value by which a sentence chooses; it is never shown itself."""
    return slug(value)


def slug(value: Param) -> str:
    """A value as a variant key: small letters, digits and hyphens."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    key = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")
    return NO_VALUE if value is None else key or NO_VALUE


def term(family: str) -> Show:
    """A word with a message of its own, `family-value`; what has none is shown as it is."""

    def show(speech: Speech, why: Reason, value: Param) -> Shown:
        if isinstance(value, tuple) and value:
            return formats.listed(speech.words, [str(show(speech, why, part)) for part in value])
        return term_text(speech.words, family, value) or text(speech, why, value)

    return show


def term_text(words: Words, family: str, value: Param) -> str:
    """The word for a value of a family such as `item-kind`, or "" if there is none."""
    message = f"{family}-{slug(value)}"
    return words.text(message) if words.has(message) else ""


def person(speech: Speech, why: Reason, value: Param) -> Shown:
    """Somebody by id, or several."""
    if isinstance(value, tuple) and value:
        return formats.listed(speech.words, [str(person(speech, why, one)) for one in value])
    return formats.tidy(speech.name_of(value)) if isinstance(value, str) and value else NO_VALUE


# -- fields and conditions ---------------------------------------------------------------------

_TEMPORAL = frozenset({FieldType.DATE, FieldType.DATETIME, FieldType.TIME})
_OF_PEOPLE = frozenset({"rep.id", "company.owner", "lead.collected_by"})
_TERMS_OF_FIELDS = {
    "lead.kind": "item-kind",
    "now.weekday": "weekday",
    "company.owner_by": "owner-by",
}

_SIGNS = {
    "=": "equal",
    "!=": "not-equal",
    "<": "below",
    "<=": "at-most",
    ">": "above",
    ">=": "at-least",
}
_OF_TIME = {"below": "before", "at-most": "until", "above": "after", "at-least": "since"}
_HALF_THE_OPPOSITES = {
    "equal": "not-equal",
    "below": "at-least",
    "at-most": "above",
    "before": "since",
    "until": "after",
    "in": "not-in",
    "is-empty": "is-not-empty",
    "is-true": "is-false",
}
_OPPOSITES = _HALF_THE_OPPOSITES | {there: here for here, there in _HALF_THE_OPPOSITES.items()}
_SPANS = frozenset({"within last", "within next", "older than"})


def field_text(words: Words, path: str) -> str:
    """A field's name in the language; a company's own field by the name it has there."""
    root, _, name = path.partition(".")
    message = f"field-{root}-{name}".replace("_", "-")
    if BUILT_IN_FIELDS.get(path) is not None and words.has(message):
        return words.text(message)
    return words.text("field-own", root=slug(root), name=formats.tidy(name or path))


def field(speech: Speech, why: Reason, value: Param) -> Shown:
    """A field by its path, or several."""
    if isinstance(value, tuple) and value:
        return formats.listed(speech.words, [field_text(speech.words, str(path)) for path in value])
    return field_text(speech.words, value) if isinstance(value, str) and value else NO_VALUE


def lead_field(speech: Speech, why: Reason, value: Param) -> Shown:
    """A field of the item, by its name alone."""
    return field_text(speech.words, f"lead.{value}")


def operator(speech: Speech, why: Reason, value: Param) -> Shown:
    """What is asked of a field, as a variant key; a remedy by negation asks for the opposite."""
    params = dict(why.params)
    key = _SIGNS.get(str(value)) or slug(value)
    wanted, spec = params.get("wanted"), BUILT_IN_FIELDS.get(str(params.get("field")))
    if isinstance(wanted, bool) and key in ("equal", "not-equal"):
        key = "is-true" if wanted is (key == "equal") else "is-false"
    elif spec is not None and spec.type in _TEMPORAL:
        key = _OF_TIME.get(key, key)
    if not params.get("is_negated"):
        return key
    return _OPPOSITES.get(key, f"not-{key}")


def value_of_field(speech: Speech, why: Reason, value: Param) -> Shown:
    """A value of the field that the reason names."""
    if value is None or value in ("", ()):
        return speech.words.text("value-empty")
    if not isinstance(value, tuple):
        return _single(speech, why, value)
    parts = [str(value_of_field(speech, why, part)) for part in value]
    if dict(why.params).get("operator") == "between" and len(parts) == 2:
        return speech.words.text("value-range", low=parts[0], high=parts[1])
    return formats.listed(speech.words, parts)


def _single(speech: Speech, why: Reason, value: Param) -> Shown:
    params = dict(why.params)
    path = str(params.get("field"))
    if path in _OF_PEOPLE:
        return person(speech, why, value)
    if path in _TERMS_OF_FIELDS:
        return term_text(speech.words, _TERMS_OF_FIELDS[path], value) or str(value)
    if params.get("operator") in _SPANS and params.get("wanted") == value:
        return formats.span(speech.words, str(value))
    spec = BUILT_IN_FIELDS.get(path)
    if spec is not None and spec.type is FieldType.NUMBER:
        return formats.grouped(str(value))
    if spec is None or spec.type not in _TEMPORAL or not isinstance(value, str):
        return text(speech, why, value)
    if spec.type is FieldType.TIME:
        return _clock(value)
    return formats.moment(speech.words.locale, value)


def _clock(written: str) -> str:
    try:
        found = time.fromisoformat(written)
    except ValueError:
        return formats.tidy(written)
    return found.strftime("%H:%M:%S" if found.second else "%H:%M")
