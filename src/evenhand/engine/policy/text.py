"""The text of a policy, YAML or JSON, as plain values: exact, bounded and without magic.

YAML is read by the core schema of YAML 1.2, and nothing more: 18:00, no, 1_000 and 2026-05-01 are
texts, 0.1 is exactly that. Anchors, tags and repeated keys are refused, and so is what is too
large or too deep: a document that nobody can read at a glance should not decide either.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from evenhand.engine.policy.problem import InvalidPolicy, Place, PolicyProblem
from evenhand.engine.reasons import Reason, reason

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
_MOST_DIGITS = 40

# YAML 1.2.2, section 10.3.2 (core schema).
_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PolicyText:
    """What a text says, and where in it each part stands."""

    plain: Any
    _tree: Callable[[], Node | None]

    def line_of(self, place: Place) -> int:
        """The line of a place, from 1; that of the nearest part around it; 0 if not known."""
        node, line = self._tree(), 0
        for step in place:
            found = _inner(node, step)
            if found is None:
                break
            key, node = found
            line = _line(key) or line
        return line


def plain_from_text(text: str) -> Any:
    """YAML or JSON text as plain values, numbers exact.

    :raises InvalidPolicy: too large, too deep, not YAML, or with anchors, tags or repeated keys.
    """
    return policy_text(text).plain


def policy_text(text: str) -> PolicyText:
    """YAML or JSON text as plain values that know their lines.

    :raises InvalidPolicy: as `plain_from_text`.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        _fail(reason("policy.too_large", limit=MOST_BYTES), f"larger than {MOST_BYTES:,} bytes")
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("{"):
        try:
            plain = json.loads(
                stripped,
                parse_float=_json_number,
                parse_constant=_json_number,
                object_pairs_hook=_no_repeats,
            )
        except (ValueError, RecursionError):
            # Flow-style YAML also begins with a brace; the YAML reader has the last word.
            pass
        else:
            return PolicyText(plain, lambda: _tree_or_nothing(text))
    root = _tree(text)
    return PolicyText(None if root is None else _plain(root), lambda: root)


def _json_number(text: str) -> Decimal:
    number = _exact(text)
    if number is None:
        _fail(reason("policy.not_a_number", line=0, value=text[:80]), f"{text[:80]}: not a number")
    return number


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            _repeated(key, 0)
        found[key] = value
    return found


def _exact(text: str) -> Decimal | None:
    """The number, unless it is endless or so long that to print it would be an attack."""
    if not _DECIMAL.fullmatch(text) or len(text) > 2 * _MOST_DIGITS:
        return None
    number = Decimal(text)
    return number if abs(number.adjusted()) < _MOST_DIGITS else None


def _tree(text: str) -> Node | None:
    """The nodes of a YAML text.

    :raises InvalidPolicy: it is none, too deep, or has anchors or tags.
    """
    try:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            _refuse_magic(event)
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MOST_DEPTH:
                    too_deep((), event.start_mark.line + 1)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
        return root
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _not_yaml(error.problem or error.context, 0 if mark is None else mark.line + 1)
    except (YAMLError, ValueError, RecursionError) as error:
        _not_yaml(error, 0)


def _tree_or_nothing(text: str) -> Node | None:
    """Where JSON is not also YAML, mistakes are named without their lines."""
    try:
        return _tree(text)
    except InvalidPolicy:
        return None


def _refuse_magic(event: Any) -> None:
    is_tagged = isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None or is_tagged:
        line = event.start_mark.line + 1
        _fail(
            reason("policy.no_anchors", line=line),
            "anchors, aliases and tags are not used here; write the value out",
            line,
        )


def _plain(node: Node) -> Any:
    if isinstance(node, SequenceNode):
        return [_plain(part) for part in node.value]
    if isinstance(node, MappingNode):
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _plain(key_node)
            if isinstance(key, list | dict):
                _fail(
                    reason("policy.key_not_text", key=""),
                    "a key must be a text, not a list or a mapping",
                    _line(key_node),
                )
            if key in found:
                _repeated(str(key), _line(key_node))
            found[key] = _plain(value_node)
        return found
    assert isinstance(node, ScalarNode)  # there is no fourth kind
    return _scalar(node)


def _scalar(node: ScalarNode) -> Any:
    text = str(node.value)
    if node.style:  # in quotes, or a block of text
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) <= _MOST_DIGITS:
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text) or _ENDLESS.fullmatch(text):
        number = _exact(text)
        if number is None:
            _fail(
                reason("policy.not_a_number", line=_line(node), value=text[:80]),
                f"{text[:80]}: not a number that can be used",
                _line(node),
            )
        return number
    return text


def _inner(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """The key and the value of one step; in a list both are the part itself."""
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return (node.value[step],) * 2 if step < len(node.value) else None
    if isinstance(node, MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    return None


def _line(node: Node | None) -> int:
    return 0 if node is None or node.start_mark is None else int(node.start_mark.line) + 1


def refuse_unusable(plain: Any) -> None:
    """Look through plain values for what no schema asks about: depth, keys, signs, endless numbers.

    :raises InvalidPolicy: naming the first of them.
    """
    waiting: list[tuple[Place, Any]] = [((), plain)]
    while waiting:
        place, value = waiting.pop()
        if len(place) > MOST_DEPTH:
            too_deep(place[:3], 0)
        match value:
            case Mapping():
                for key in value:
                    if not isinstance(key, str):
                        _refuse(
                            place,
                            "policy.key_not_text",
                            f"the key {key!r} must be a text: put it in quotes",
                            key=str(key)[:80],
                        )
                    _refuse_text(place, key)
                waiting += [((*place, key), inner) for key, inner in reversed(list(value.items()))]
            case list() | tuple():
                waiting += [((*place, k), value[k]) for k in reversed(range(len(value)))]
            case str():
                _refuse_text(place, value)
            case Decimal() if not value.is_finite() or abs(value.adjusted()) >= _MOST_DIGITS:
                _refuse(place, "policy.number_unusable", "not a number that can be used")


def _refuse_text(place: Place, text: str) -> None:
    if _UNUSABLE.search(text):
        # PostgreSQL cannot store the first in JSON, UTF-8 cannot hold the others.
        _refuse(place, "policy.text_unusable", "has a null character or half a surrogate pair")


def too_deep(place: Place, line: int) -> NoReturn:
    """:raises InvalidPolicy: nested too deeply."""
    why = reason("policy.too_deep", limit=MOST_DEPTH)
    message = f"nested more than {MOST_DEPTH} levels deep"
    raise InvalidPolicy((PolicyProblem(place, why, message, line=line),))


def _refuse(place: Place, code: str, message: str, **params: str) -> NoReturn:
    raise InvalidPolicy((PolicyProblem(place, reason(code, **params), message),))


def _not_yaml(problem: object, line: int) -> NoReturn:
    what = " ".join(str(problem or "not YAML").split())[:200]
    _fail(reason("policy.not_yaml", line=line, what=what), what, line)


def _repeated(key: str, line: int) -> NoReturn:
    key = key or '""'
    _fail(
        reason("policy.repeated_key", key=key[:80], line=line),
        f"{key[:80]} stands twice in one place; one of the two would be ignored",
        line,
    )


def _fail(why: Reason, message: str, line: int = 0) -> NoReturn:
    raise InvalidPolicy((PolicyProblem((), why, message, line=line),))
