"""Reading a policy document from YAML or JSON, with every mistake named: field, value, remedy.

YAML is read as 1.2 (18:00 and no are what they look like) with exact decimals, without anchors,
tags or repeated keys, and within bounds on size and depth: a document that nobody can read at a
glance should not decide either.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from evenhand.engine.conditions.suggest import nearest
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.reasons import Reason, reason

MOST_BYTES = 1_000_000
MOST_DEPTH = 40


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One mistake: where in the document, why, and in plain English what to do."""

    path: str
    why: Reason
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.message}"


class InvalidPolicy(Exception):
    """The document cannot be used; `problems` lists every mistake found, none twice."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("; ".join(str(one) for one in problems))
        self.problems = problems


class _ExactConstructor(SafeConstructor):
    """Plain values only; 0.1 stays 0.1, dates and times stay the texts they are."""

    def construct_exact(self, node: ScalarNode) -> Decimal | int:
        text = str(node.value).replace("_", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            self._refuse(node, "policy.not_a_number")
        if not number.is_finite() or abs(number.adjusted()) > 30:
            self._refuse(node, "policy.not_a_number")
        return number

    def _refuse(self, node: ScalarNode, code: str) -> NoReturn:
        line = node.start_mark.line + 1
        _fail(f"line {line}", reason(code, line=line, value=str(node.value)[:80]), "not a number")


_ExactConstructor.add_constructor("tag:yaml.org,2002:float", _ExactConstructor.construct_exact)
_ExactConstructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def read_policy(text: str) -> PolicyDocument:
    """Read a document from YAML or JSON text.

    :raises InvalidPolicy: it is not YAML or JSON, or not a policy; lists every mistake.
    """
    return policy_from_plain(plain_from_text(text))


def plain_from_text(text: str) -> Any:
    """YAML or JSON text as plain values, numbers exact.

    :raises InvalidPolicy: too large, too deep, not YAML, or with anchors, tags or repeated keys.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        _fail("", reason("policy.too_large", limit=MOST_BYTES), f"larger than {MOST_BYTES} bytes")
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("{"):
        try:
            return json.loads(stripped, parse_float=Decimal, object_pairs_hook=_no_repeats)
        except (ValueError, RecursionError) as error:
            if isinstance(error, RepeatedKey):
                _fail(error.key, reason("policy.repeated_key", key=error.key), "stands twice")
            # Flow-style YAML also begins with a brace; the YAML reader has the last word.
    return _from_yaml(text)


class RepeatedKey(ValueError):
    """A JSON object has a key twice: one of the two would be ignored without a word."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKey(key)
        found[key] = value
    return found


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _ExactConstructor
    yaml.Resolver = VersionedResolver
    yaml.version = (1, 2)
    yaml.allow_duplicate_keys = False
    return yaml


def _from_yaml(text: str) -> Any:
    try:
        depth = 0
        for event in _yaml().parse(text):
            _refuse_magic(event)
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MOST_DEPTH:
                    _fail("", reason("policy.too_deep", limit=MOST_DEPTH), "nested too deeply")
            elif type(event).__name__.endswith("EndEvent"):
                depth -= 1
        return _yaml().load(io.StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 0
        what = " ".join(str(error.problem or error.context or "not YAML").split())
        _fail(f"line {line}", reason("policy.not_yaml", line=line, what=what[:200]), what)
    except (YAMLError, ValueError, RecursionError) as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        _fail("", reason("policy.not_yaml", line=0, what=what), what)


def _refuse_magic(event: Any) -> None:
    line = event.start_mark.line + 1 if event.start_mark is not None else 0
    is_tagged = isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None or is_tagged:
        _fail(
            f"line {line}",
            reason("policy.no_anchors", line=line),
            "anchors, aliases and tags are not used here; write the value out",
        )


def _fail(path: str, why: Reason, message: str) -> NoReturn:
    raise InvalidPolicy((PolicyProblem(path, why, message),))


def policy_from_plain(plain: Any) -> PolicyDocument:
    """Plain values as a document.

    :raises InvalidPolicy: lists every mistake, each with its path, value and remedy.
    """
    if not isinstance(plain, Mapping):
        _fail("", reason("policy.not_a_mapping"), "a policy is a mapping of sections")
    try:
        return PolicyDocument.model_validate(plain)
    except ValidationError as error:
        found: dict[tuple[str, str], PolicyProblem] = {}
        for one in error.errors(include_url=False):
            problem = _problem(one)
            found.setdefault((problem.path, problem.message), problem)
        raise InvalidPolicy(tuple(found.values())) from None


def _problem(error: Mapping[str, Any]) -> PolicyProblem:
    """One finding of the schema in our words."""
    path = _path(error["loc"])
    kind = error["type"]
    value = _shown(error.get("input"))
    context = error.get("ctx") or {}
    if kind == "missing":
        return PolicyProblem(path, reason("policy.missing", path=path), "is missing; add it")
    if kind == "extra_forbidden":
        return _unknown_key(path, error)
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        choices = str(context.get("expected") or context.get("expected_tags") or "")
        return PolicyProblem(
            path,
            reason("policy.not_one_of", path=path, value=value, choices=choices),
            f"{value} is not one of {choices}",
        )
    message = str(error["msg"]).removeprefix("Value error, ")
    return PolicyProblem(
        path, reason("policy.wrong_value", path=path, value=value, what=message), message
    )


def _unknown_key(path: str, error: Mapping[str, Any]) -> PolicyProblem:
    key = str(error["loc"][-1])
    known = _known_keys(error["loc"][:-1])
    near = nearest(key, known)
    hint = f"; did you mean {near}?" if near else f"; known here: {', '.join(known)}"
    return PolicyProblem(
        path,
        reason("policy.unknown_key", path=path, key=key, near=near, known=tuple(known)),
        f"unknown key {key!r}{hint}",
    )


def _known_keys(location: tuple[Any, ...]) -> list[str]:
    """The keys that the section at this place of the document has."""
    models: list[Any] = [PolicyDocument]
    for step in location:
        inner: list[Any] = []
        for model in models:
            fields = getattr(model, "model_fields", {})
            for name, spec in fields.items():
                if step in (name, spec.alias):
                    inner += _models_in(spec.annotation)
        models = inner or models
    keys: dict[str, None] = {}
    for model in models:
        for name, spec in getattr(model, "model_fields", {}).items():
            keys[spec.alias or name] = None
    return list(keys)


def _models_in(annotation: Any) -> list[Any]:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def _path(location: tuple[Any, ...]) -> str:
    text = ""
    for step in location:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:79] + "…"
