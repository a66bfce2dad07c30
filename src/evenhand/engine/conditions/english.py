"""Plain English for this package's refusals and problems: what `str(error)` says.

People are answered in their language by `evenhand.wording`, from the code and its parameters.
This is for developers, logs and the command line before a language is known.
"""

from collections.abc import Mapping

from evenhand.engine.reasons import Param, Reason

_SENTENCES: Mapping[str, str] = {
    "bad_escape": 'the escape {escape} is not known; use \\" \\\\ \\n \\t \\r or \\u0041',
    "bad_literal": "{value} looks like a date, time or duration but is none; put it in quotes if "
    "it is text",
    "blank": "nothing is written here; write true for a condition that always holds",
    "empty_list": "{field} {operator}: the list is empty; name at least one value",
    "empty_range": "{field} ({type}) {operator} {low} and {high}: the low end lies above the "
    "high end, so this never holds; swap them",
    "empty_text": "{field} ({type}) {operator}: a comparison with empty text never holds; write "
    "{field} is empty",
    "expected": "expected {expected}, found {found}",
    "incomparable": "{field} ({type}) {operator} {other} ({other_type}): these two types cannot "
    "be compared so",
    "inexact_number": "{value} is a binary fraction and not exact; read the document with exact "
    'decimals, or write {{"number": "{value}"}}',
    "missing_key": "the key {key} is missing",
    "name_unusable": "{name} cannot be the name of a field",
    "not_a_choice": "{field} ({type}) {operator} {value}: not one of the values this field can "
    "have{suggestion}",
    "not_a_condition": "{found} is not a condition; give a text, true, or a table with all, any, "
    "not or field",
    "number_out_of_range": "{value}: numbers have at most 15 digits before and 9 after the point",
    "personal_constant": "{field} ({type}) {operator}: the policy itself would hold personal data "
    "and keep it in every version; test a part of it, or mark the lead instead",
    "personal_with_rep": "{field} ({type}) {operator}: personal data of the item cannot be "
    "compared with, or read from, the rep",
    "span_out_of_range": "the duration {value} is longer than {limit}",
    "text_unusable": "text cannot hold the null character or half a surrogate pair",
    "too_deep": "nested more than {limit} levels deep; split the condition",
    "too_few_parts": "{key} needs at least one part; write true for a condition that always holds",
    "too_long": "{length} characters are too many; {limit} are allowed",
    "too_long_list": "a list of {length} values is too long; {limit} are allowed",
    "too_many_parts": "more than {limit} parts; split the condition",
    "unclear_word": '{word} could be more than one thing; write text as "{word}", a field as '
    "lead.name",
    "unclosed_quote": "the quotation mark is never closed",
    "unexpected_character": "{character} means nothing here; put text in quotes",
    "unknown_field": "{field} {operator}: there is no such field{suggestion}",
    "unknown_key": "{key} means nothing in a condition{suggestion}",
    "unknown_operator": "there is no operator {operator}{suggestion}",
    "unknown_region": "{field} ({type}) {operator} {value}: the region is not in the tree of "
    "regions{suggestion}",
    "unknown_root": "{root} is no start of a field; use lead, company, rep or now{suggestion}",
    "unusable_constant": "{value} cannot be a value in a condition",
    "unusable_operator": "{field} ({type}) cannot be used with {operator}; it takes {usable}",
    "wrong_constant": "{field} ({type}) {operator} {value}: this compares it with a {value_type}; "
    "put text in quotes, and leave quotes off anything else",
    "wrong_shape": "{field} {operator} needs {wanted}",
}

_PHRASES: Mapping[str, str] = {
    "list": "a list in brackets, or a field that holds a list",
    "nothing": "nothing behind it",
    "places": "a region, a list of regions, or a field",
    "range": "a low and a high end",
    "span": "a duration such as 7d, 4h or 2wd",
    "value": "one value or a field",
    "closing": "a closing bracket",
    "condition": "a condition such as lead.source = web",
    "end": "and, or, or the end",
    "operand": "a value or a field",
    "operator": "an operator such as =, in, contains or is empty",
}


def sentence(reason: Reason) -> str:
    """A refusal or problem of this package in one English sentence."""
    said = {name: _word(name, value) for name, value in reason.params}
    return _SENTENCES[reason.code.removeprefix("condition.")].format(**said)


def _word(name: str, value: Param) -> str:
    if name == "suggestion":
        return f"; did you mean {value}?" if value else ""
    if name in {"wanted", "expected"}:
        return _PHRASES.get(str(value), str(value))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
