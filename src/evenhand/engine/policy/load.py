"""Reading a policy document from YAML or JSON, with every mistake named: field, value, remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evenhand.engine.conditions.suggest import nearest
from evenhand.engine.policy.check import structure_problems
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import InvalidPolicy, Place, PolicyProblem
from evenhand.engine.policy.text import (
    PolicyText,
    plain_from_text,
    policy_text,
    refuse_unusable,
)
from evenhand.engine.reasons import CODES, Param, Reason, reason

__all__ = [
    "InvalidPolicy",
    "PolicyProblem",
    "plain_from_text",
    "policy_from_plain",
    "policy_from_text",
    "read_policy",
]

# What our schema wants where pydantic found something of another type.
_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "string_sub_type": "text",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "int_type": "whole",
    "int_from_float": "whole",
    "int_parsing": "whole",
    "int_parsing_size": "whole",
    "finite_number": "whole",
}
_WANTED_ENGLISH: Mapping[str, str] = {
    "text": "a text; put a number, true or null in quotes if it is one",
    "list": "a list",
    "mapping": "a mapping of keys to values",
    "truth": "true or false",
    "whole": "a whole number",
}


def read_policy(text: str) -> PolicyDocument:
    """Read a document from YAML or JSON text.

    :raises InvalidPolicy: it is not YAML or JSON, or not a policy; lists every mistake.
    """
    return policy_from_text(policy_text(text))


def policy_from_text(text: PolicyText) -> PolicyDocument:
    """The document of a text that was taken apart already.

    :raises InvalidPolicy: it is not a policy; every mistake with its line.
    """
    try:
        return policy_from_plain(text.plain)
    except InvalidPolicy as error:
        problems = (replace(one, line=text.line_of(one.place)) for one in error.problems)
        raise InvalidPolicy(tuple(problems)) from None


def policy_from_plain(plain: Any) -> PolicyDocument:
    """Plain values as a document whose parts are there and name each other rightly.

    Whether its conditions can mean anything depends on which fields there are: `check` says.

    :raises InvalidPolicy: lists every mistake, each with its place, value and remedy.
    """
    if not isinstance(plain, Mapping):
        _fail(reason("policy.not_a_mapping"), "a policy is a mapping of sections")
    refuse_unusable(plain)
    try:
        document = PolicyDocument.model_validate(plain)
    except ValidationError as error:
        found: dict[tuple[Place, str], PolicyProblem] = {}
        for one in error.errors(include_url=False):
            problem = _problem(one, plain)
            found.setdefault((problem.place, problem.message), problem)
        raise InvalidPolicy(tuple(found.values())) from None
    problems = structure_problems(document)
    if problems:
        raise InvalidPolicy(problems)
    return document


def _fail(why: Reason, message: str) -> NoReturn:
    raise InvalidPolicy((PolicyProblem((), why, message),))


def _problem(error: ErrorDetails, plain: Any) -> PolicyProblem:
    """One finding of the schema in our words."""
    place = _place(error["loc"], plain)
    kind = error["type"]
    value = _shown(error.get("input"))
    context = error.get("ctx") or {}
    if kind in CODES:
        # The sections' own refusals already are reasons.
        return PolicyProblem(place, _own_reason(kind, context), str(error["msg"]))
    if kind == "missing":
        why = reason("policy.missing", key=str(place[-1]))
        return PolicyProblem(place, why, "is missing; add it")
    if kind == "union_tag_not_found":
        key = str(context["discriminator"]).strip("'")
        why = reason("policy.missing", key=key)
        return PolicyProblem((*place, key), why, f"{key} is missing; add it")
    if kind == "extra_forbidden":
        return _unknown_key(place, error["loc"])
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        return _not_one_of(place, error, context)
    if kind in _WANTED:
        wanted = _WANTED[kind]
        why = reason("policy.wrong_type", value=value, wanted=wanted)
        return PolicyProblem(place, why, f"{value} must be {_WANTED_ENGLISH[wanted]}")
    for bound, code in _BOUNDS.items():
        if bound in context and kind.startswith(_BOUNDED):
            why = reason(code, value=value, limit=str(context[bound]))
            return PolicyProblem(place, why, f"{value}: {error['msg']}")
    message = str(error["msg"]).removeprefix("Value error, ")
    return PolicyProblem(place, reason("policy.wrong_value", value=value), message)


_BOUNDED = ("greater_than", "less_than", "string_too", "too_")
_BOUNDS: Mapping[str, str] = {
    "ge": "policy.too_small",
    "gt": "policy.not_above",
    "le": "policy.too_big",
    "min_length": "policy.too_short",
    "max_length": "policy.too_long",
}


def _own_reason(code: str, context: Mapping[str, Any]) -> Reason:
    params: dict[str, Param] = {name: context[name] for name in CODES[code]}
    return reason(code, **params)


def _not_one_of(place: Place, error: ErrorDetails, context: Mapping[str, Any]) -> PolicyProblem:
    expected = str(context.get("expected") or context.get("expected_tags") or "")
    choices = tuple(
        part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",") if part
    )
    written = error.get("input")
    if error["type"] == "union_tag_invalid":
        discriminator = str(context["discriminator"]).strip("'")
        place, written = (*place, discriminator), context.get("tag")
    near = nearest(str(written), choices)
    hint = f"; did you mean {near}?" if near else ""
    why = reason(
        "policy.not_one_of",
        value=_shown(written),
        choices=choices,
        suggestion=near,
    )
    return PolicyProblem(place, why, f"{_shown(written)} is not one of {', '.join(choices)}{hint}")


def _unknown_key(place: Place, location: tuple[int | str, ...]) -> PolicyProblem:
    key = str(place[-1]) or '""'
    known = tuple(_known_keys(location[:-1]))
    near = nearest(key, known)
    hint = f"; did you mean {near}?" if near else f"; known here: {', '.join(known)}"
    why = reason("policy.unknown_key", key=key[:80], suggestion=near, known=known)
    return PolicyProblem(place, why, f"unknown key {key[:80]!r}{hint}")


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """The keys that the section at this place of the schema has."""
    models: list[Any] = [PolicyDocument]
    for step in location:
        inner = [found for model in models for found in _models_at(model, step)]
        tagged = [model for model in models if step in _tags(model)]
        models = inner or tagged or models
    keys: dict[str, None] = {}
    for model in models:
        for name, spec in model.model_fields.items():
            keys[spec.alias or name] = None
    return list(keys)


def _models_at(model: Any, step: int | str) -> Iterator[Any]:
    for name, spec in model.model_fields.items():
        if step in (name, spec.alias):
            yield from _models_in(spec.annotation)


def _models_in(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "model_fields"):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


def _tags(model: Any) -> tuple[Any, ...]:
    """The values by which a section is told from its siblings: `fair_share`, `next_rule`."""
    for name in ("strategy", "do"):
        if name in model.model_fields:
            return tuple(getattr(model.model_fields[name].annotation, "__args__", ()))
    return ()


def _place(location: tuple[int | str, ...], plain: Any) -> Place:
    """Where the schema's finding stands in the document: without tags of unions and the like."""
    place: list[str | int] = []
    value = plain
    for index, step in enumerate(location):
        is_last = index == len(location) - 1
        is_item = isinstance(value, list | tuple) and isinstance(step, int) and step < len(value)
        if is_item or (isinstance(value, Mapping) and step in value):
            value = value[step]
        elif not is_last or step == "[key]":
            continue
        place.append(step)
    return tuple(place)


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:79] + "…"
