"""The tree form of conditions: plain data as JSON and YAML hold it.

    {"all": [condition, …]}    {"any": [condition, …]}    {"not": condition}    true    false
    {"field": "lead.source", "op": "in", "value": ["百度", "抖音"]}
    "lead.source in (百度, 抖音)"         the text form, wherever a condition may stand

A text that looks like a date, time of day, instant or duration is one: YAML 1.2 and JSON know
none of them. {"text": "2026-05-01"} is the text itself; {"number": "0.5"} is an exact number.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from evenhand.engine.conditions.nodes import (
    ALWAYS,
    DEPTH_MAX,
    LIST_LENGTH_MAX,
    NEVER,
    NODES_MAX,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Condition,
    Not,
    Operand,
    Range,
    all_of,
    any_of,
    too_long_list,
    wrong_shape,
)
from evenhand.engine.conditions.operands import (
    TEXT_LENGTH_MAX,
    Constant,
    Duration,
    FieldRef,
    InvalidCondition,
    constant_text,
    is_temporal,
    read_number,
    read_temporal,
    settled_constant,
    too_long,
)
from evenhand.engine.conditions.operators import Operator, Shape, read_operator, shape_of
from evenhand.engine.conditions.suggest import clipped, nearest
from evenhand.engine.conditions.text import parse
from evenhand.engine.reasons import Reason, reason

_NODE_KEYS = ("all", "any", "not", "field")
_ATOM_KEYS = ("field", "op", "value")


def to_tree(condition: Condition) -> Any:
    """The condition as plain data of dictionaries, lists, texts, integers and booleans."""
    match condition:
        case Always():
            return condition.holds
        case AllOf():
            return {"all": [to_tree(part) for part in condition.parts]}
        case AnyOf():
            return {"any": [to_tree(part) for part in condition.parts]}
        case Not():
            return {"not": to_tree(condition.part)}
        case Atom(field=ref, operator=operator, operand=None):
            return {"field": ref.path, "op": operator.value}
        case Atom(field=ref, operator=operator, operand=operand):
            return {"field": ref.path, "op": operator.value, "value": _operand_tree(operand)}


def _operand_tree(operand: Operand) -> Any:
    match operand:
        case FieldRef():
            return {"field": operand.path}
        case Range(low, high):
            return [_operand_tree(low), _operand_tree(high)]
        case tuple():
            return [_operand_tree(value) for value in operand]
        case str() if is_temporal(operand):
            return {"text": operand}
        case Decimal():
            return {"number": constant_text(operand)}
        case date() | time() | Duration():
            return constant_text(operand)
        case _:
            return operand


def from_tree(tree: object) -> Condition:
    """The condition that plain data describes. Texts in it are read as the text form.

    :raises InvalidCondition: it describes none, or one beyond the bounds; the error says where.
    """
    return _Reader().condition(tree, "", 1)


class _Reader:
    """Counts what it meets: YAML's anchors can make a small document huge, or endless."""

    def __init__(self) -> None:
        self._node_count = 0
        self._text_length = 0

    def condition(self, tree: object, where: str, depth: int) -> Condition:
        self._node_count += 1
        if self._node_count > NODES_MAX:
            raise InvalidCondition(reason("condition.too_many_parts", limit=NODES_MAX), where)
        if depth > DEPTH_MAX:
            raise InvalidCondition(reason("condition.too_deep", limit=DEPTH_MAX), where)
        try:
            return self._condition(tree, where, depth)
        except InvalidCondition as error:
            # The innermost place is the useful one.
            raise InvalidCondition(error.reason, error.where or where) from None

    def _condition(self, tree: object, where: str, depth: int) -> Condition:
        if isinstance(tree, bool):
            return ALWAYS if tree else NEVER
        if isinstance(tree, str):
            self._text_length += len(tree)
            if self._text_length > TEXT_LENGTH_MAX:
                raise too_long(self._text_length)
            return _parsed(tree)
        if not isinstance(tree, Mapping):
            raise InvalidCondition(reason("condition.not_a_condition", found=_shown(tree)))
        if "field" in tree:
            return _atom(tree, where)
        key = next((key for key in _NODE_KEYS if key in tree), None)
        if key is None:
            raise _no_condition(tree)
        _refuse_others(tree, (key,))
        inside = f"{where}.{key}" if where else key
        if key == "not":
            return Not(self.condition(tree[key], inside, depth + 1))
        parts = self._parts(tree[key], key, inside, depth + 1)
        return all_of(*parts) if key == "all" else any_of(*parts)

    def _parts(self, parts: object, key: str, where: str, depth: int) -> list[Condition]:
        if not isinstance(parts, list | tuple):
            raise InvalidCondition(reason("condition.not_a_condition", found=_shown(parts)), where)
        if not parts:
            raise InvalidCondition(reason("condition.too_few_parts", key=key), where)
        return [
            self.condition(part, f"{where}[{index}]", depth) for index, part in enumerate(parts)
        ]


def _parsed(text: str) -> Condition:
    try:
        return parse(text)
    except InvalidCondition as error:
        raise InvalidCondition(error.reason) from error


def _no_condition(tree: Mapping[Any, Any]) -> InvalidCondition:
    for key in tree:
        return InvalidCondition(_unknown_key(key, _NODE_KEYS))
    return InvalidCondition(reason("condition.not_a_condition", found="{}"))


def _refuse_others(tree: Mapping[Any, Any], known: tuple[str, ...]) -> None:
    for key in tree:
        if key not in known:
            raise InvalidCondition(_unknown_key(key, known))


def _unknown_key(key: object, known: tuple[str, ...]) -> Reason:
    shown = _shown(key)
    return reason("condition.unknown_key", key=shown, suggestion=nearest(shown.lower(), known))


def _atom(tree: Mapping[Any, Any], where: str) -> Atom:
    _refuse_others(tree, _ATOM_KEYS)
    ref = _field(tree["field"])
    if "op" not in tree:
        raise InvalidCondition(reason("condition.missing_key", key="op"))
    name = tree["op"]
    operator = read_operator(name) if isinstance(name, str) and len(name) < 100 else None
    if operator is None:
        shown = _shown(name)
        suggestion = nearest(shown.lower().replace("_", " "), [known.value for known in Operator])
        raise InvalidCondition(
            reason("condition.unknown_operator", operator=shown, suggestion=suggestion)
        )
    if shape_of(operator) is Shape.NOTHING:
        _refuse_others(tree, _ATOM_KEYS[:2])
        return Atom(ref, operator)
    if "value" not in tree:
        raise InvalidCondition(reason("condition.missing_key", key="value"))
    try:
        return Atom(ref, operator, _operand(tree["value"], ref, operator))
    except InvalidCondition as error:
        place = f"{where}.value" if where else "value"
        raise InvalidCondition(error.reason, place) from None


def _field(path: object) -> FieldRef:
    if not isinstance(path, str):
        raise InvalidCondition(reason("condition.name_unusable", name=_shown(path)))
    return FieldRef.of(path)


def _operand(value: object, ref: FieldRef, operator: Operator) -> Operand:
    if not isinstance(value, list | tuple):
        return _single(value)
    if len(value) > LIST_LENGTH_MAX:
        raise too_long_list(len(value))
    singles = [_single(part) for part in value]
    if shape_of(operator) is Shape.RANGE:
        if len(singles) != 2:
            raise wrong_shape(ref, operator)
        return Range(*singles)
    if any(isinstance(single, FieldRef) for single in singles):
        raise wrong_shape(ref, operator)
    return tuple(single for single in singles if not isinstance(single, FieldRef))


def _single(value: object) -> FieldRef | Constant:
    match value:
        case {"field": path, **others} if not others:
            return _field(path)
        case {"text": str(text), **others} if not others:
            return settled_constant(text)
        case {"number": str(text), **others} if not others:
            return _number(text)
        case str():
            # The look decides here as it does in the text form, where quotes say "text".
            temporal = read_temporal(value) if len(value) < 100 else None
            return settled_constant(value) if temporal is None else temporal
        case datetime() | date() | time() | Duration():
            # Already typed by the loader: PyYAML and tomllib do so.
            return settled_constant(value)
        case Mapping() | list() | tuple() | None:
            raise InvalidCondition(reason("condition.unusable_constant", value=_shown(value)))
        case _:
            return settled_constant(value)


def _number(text: str) -> int | Decimal:
    number = read_number(text)
    if number is None:
        raise InvalidCondition(reason("condition.unusable_constant", value=clipped(text)))
    return number


def _shown(value: object) -> str:
    """A value as an error repeats it: containers by their kind, they may be endless."""
    if isinstance(value, str):
        return clipped(value)
    if isinstance(value, bool | None):
        return {True: "true", False: "false", None: "null"}[value]
    return type(value).__name__
