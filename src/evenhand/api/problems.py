"""What is wrong with one field of a request, to be worded in the reader's language."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.reasons import Reason
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """A field by its path (`rows.3.email`), its value shortened, and why it is refused."""

    field: str
    value: str
    code: str
    message: str = ""
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    why: Reason | None = None

    def said(self, words: Words) -> str:
        """The sentence."""
        return say(words, self.why) if self.why else words.text(self.message, **self.params)

    @classmethod
    def of_reason(cls, name: str, value: str, why: Reason) -> "Problem":
        """A problem that has a reason code."""
        return cls(name, value, why.code, why=why)


# How pydantic calls it → our code, our sentence, and which of its parameters that takes.
_KINDS: dict[str, tuple[str, str, str]] = {
    "missing": ("missing", "api-field-missing", ""),
    "extra_forbidden": ("unknown_field", "api-field-unknown", ""),
    "string_type": ("not_text", "api-field-not-text", ""),
    "string_too_long": ("too_long", "api-field-too-long", "max_length"),
    "string_too_short": ("too_short", "api-field-too-short", "min_length"),
    "int_type": ("not_a_number", "api-field-not-a-number", ""),
    "int_parsing": ("not_a_number", "api-field-not-a-number", ""),
    "int_from_float": ("not_a_number", "api-field-not-a-number", ""),
    "int_parsing_size": ("out_of_range", "api-field-out-of-range", ""),
    "greater_than_equal": ("too_small", "api-field-too-small", "ge"),
    "less_than_equal": ("too_large", "api-field-too-large", "le"),
    "bool_type": ("not_yes_or_no", "api-field-not-yes-or-no", ""),
    "bool_parsing": ("not_yes_or_no", "api-field-not-yes-or-no", ""),
    "literal_error": ("not_a_choice", "api-field-not-a-choice", "expected"),
    "enum": ("not_a_choice", "api-field-not-a-choice", "expected"),
    "list_type": ("not_a_list", "api-field-not-a-list", ""),
    "too_long": ("too_many", "api-field-too-many", "max_length"),
    "too_short": ("too_few", "api-field-too-few", "min_length"),
    "dict_type": ("not_an_object", "api-field-not-an-object", ""),
    "model_type": ("not_an_object", "api-field-not-an-object", ""),
    "model_attributes_type": ("not_an_object", "api-field-not-an-object", ""),
    "date_type": ("not_a_day", "api-field-not-a-day", ""),
    "date_parsing": ("not_a_day", "api-field-not-a-day", ""),
    "date_from_datetime_parsing": ("not_a_day", "api-field-not-a-day", ""),
    "datetime_type": ("not_a_time", "api-field-not-a-time", ""),
    "datetime_parsing": ("not_a_time", "api-field-not-a-time", ""),
    "datetime_from_date_parsing": ("not_a_time", "api-field-not-a-time", ""),
    "timezone_aware": ("not_a_time", "api-field-not-a-time", ""),
}
_LONGEST_LIST = 800
_OTHER = ("unusable", "api-field-unusable", "")


def of_pydantic(error: Mapping[str, Any]) -> Problem:
    """One of pydantic's errors as ours; the first step of its path only says which parameter."""
    code, message, taken = _KINDS.get(str(error["type"]), _OTHER)
    path: Sequence[Any] = error["loc"][1:] or error["loc"]
    params: dict[str, str | int] = {}
    if taken:
        value = error.get("ctx", {}).get(taken, "")
        params["limit"] = value if isinstance(value, int) else _listed(str(value))
    given = "" if error["type"] == "missing" else shown(error.get("input"))
    return Problem(".".join(str(step)[:80] for step in path), given, code, message, params)


def _listed(choices: str) -> str:
    """What may be chosen; of very much, the beginning (a sentence takes 1,000 letters at most)."""
    text = choices.replace(" or ", ", ")
    if len(text) <= _LONGEST_LIST:
        return text
    return f"{text[:_LONGEST_LIST].rpartition(', ')[0]}, …"


def shown(value: Any) -> str:
    """A value for an error: short, whatever was sent."""
    if isinstance(value, str):
        return value[:LONGEST_SHOWN]
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 256:
        return "…"
    return str(value)[:LONGEST_SHOWN]
