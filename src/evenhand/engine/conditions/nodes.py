"""A condition: atoms over fields, joined by and, or, not. Frozen, hashable and bounded.

Bounds are kept by the constructors, so that a condition that exists is safe to walk: no
recursion in this package goes deeper than DEPTH_MAX. Two conditions are equal if their canonical
texts are: Python's own comparison would call `= 1` and `= true` equal.
"""

import dataclasses
from dataclasses import dataclass
from typing import Final

from evenhand.engine.conditions.operands import (
    TEXT_LENGTH_MAX,
    Constant,
    Duration,
    FieldRef,
    InvalidCondition,
    constant_text,
    settled_constant,
    too_long,
)
from evenhand.engine.conditions.operators import Operator, Shape, shape_of
from evenhand.engine.reasons import reason

DEPTH_MAX = 16
NODES_MAX = 500
LIST_LENGTH_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Range:
    """The two ends of `between`; both belong to the range."""

    low: FieldRef | Constant
    high: FieldRef | Constant


Operand = FieldRef | Constant | tuple[Constant, ...] | Range | None


@dataclass(frozen=True, slots=True)
class Always:
    """A constant: `true` always holds, `false` never."""

    holds: bool
    text: str = dataclasses.field(init=False, repr=False, compare=False)
    node_count: int = dataclasses.field(init=False, repr=False, compare=False, default=1)
    depth: int = dataclasses.field(init=False, repr=False, compare=False, default=1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "true" if self.holds else "false")


@dataclass(frozen=True, slots=True)
class Atom:
    """One question about one field; `text` is its canonical print and its key."""

    field: FieldRef = dataclasses.field(compare=False)
    operator: Operator = dataclasses.field(compare=False)
    operand: Operand = dataclasses.field(compare=False, default=None)
    text: str = dataclasses.field(init=False, repr=False)
    node_count: int = dataclasses.field(init=False, repr=False, compare=False, default=1)
    depth: int = dataclasses.field(init=False, repr=False, compare=False, default=1)

    def __post_init__(self) -> None:
        """:raises InvalidCondition: an operand that the operator cannot take, or too long."""
        operand = _settled_operand(self)
        shown = _operand_text(operand)
        text = " ".join(part for part in (self.field.text, self.operator.value, shown) if part)
        if len(text) > TEXT_LENGTH_MAX:
            raise too_long(len(text))
        object.__setattr__(self, "operand", operand)
        object.__setattr__(self, "text", text)

    @property
    def fields(self) -> tuple[FieldRef, ...]:
        """The fields it reads, the left one first."""
        match self.operand:
            case FieldRef():
                return (self.field, self.operand)
            case Range(low, high):
                return (self.field, *(end for end in (low, high) if isinstance(end, FieldRef)))
            case _:
                return (self.field,)

    @property
    def constants(self) -> tuple[Constant, ...]:
        """The constants it names."""
        match self.operand:
            case None | FieldRef():
                return ()
            case Range(low, high):
                return tuple(end for end in (low, high) if not isinstance(end, FieldRef))
            case tuple():
                return self.operand
            case _:
                return (self.operand,)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds if every part holds."""

    parts: tuple["Condition", ...] = dataclasses.field(compare=False)
    text: str = dataclasses.field(init=False, repr=False)
    node_count: int = dataclasses.field(init=False, repr=False, compare=False)
    depth: int = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """:raises InvalidCondition: fewer than two parts, too deep, too many or too long."""
        _settle(self, self.parts, " and ".join(map(_bracketed, self.parts)), "all")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds if at least one part holds."""

    parts: tuple["Condition", ...] = dataclasses.field(compare=False)
    text: str = dataclasses.field(init=False, repr=False)
    node_count: int = dataclasses.field(init=False, repr=False, compare=False)
    depth: int = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """:raises InvalidCondition: fewer than two parts, too deep, too many or too long."""
        _settle(self, self.parts, " or ".join(map(_bracketed, self.parts)), "any")


@dataclass(frozen=True, slots=True)
class Not:
    """Holds if its part does not, also where the part fails because a value is missing."""

    part: "Condition" = dataclasses.field(compare=False)
    text: str = dataclasses.field(init=False, repr=False)
    node_count: int = dataclasses.field(init=False, repr=False, compare=False)
    depth: int = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """:raises InvalidCondition: too deep, too many or too long."""
        _settle(self, (self.part,), f"not ({self.part.text})", "not")


Condition = Always | Atom | AllOf | AnyOf | Not

ALWAYS: Final = Always(True)
NEVER: Final = Always(False)


def all_of(*parts: Condition) -> Condition:
    """The parts joined by `and`; one part is itself, none is `true`.

    :raises InvalidCondition: too deep, too many or too long.
    """
    if len(parts) < 2:
        return parts[0] if parts else ALWAYS
    return AllOf(parts)


def any_of(*parts: Condition) -> Condition:
    """The parts joined by `or`; one part is itself, none is `false`.

    :raises InvalidCondition: too deep, too many or too long.
    """
    if len(parts) < 2:
        return parts[0] if parts else NEVER
    return AnyOf(parts)


def atoms_of(condition: Condition) -> tuple[Atom, ...]:
    """Every atom in the order of writing, repeats included."""
    match condition:
        case Atom():
            return (condition,)
        case AllOf() | AnyOf():
            return tuple(atom for part in condition.parts for atom in atoms_of(part))
        case Not():
            return atoms_of(condition.part)
        case _:
            return ()


def _bracketed(part: Condition) -> str:
    # A group inside a group always shows its brackets: nobody should need to know what binds first.
    return f"({part.text})" if isinstance(part, AllOf | AnyOf) else part.text


def _settle(node: AllOf | AnyOf | Not, parts: tuple[Condition, ...], text: str, key: str) -> None:
    if len(parts) < 2 and key != "not":
        raise InvalidCondition(reason("condition.too_few_parts", key=key))
    depth = 1 + max(part.depth for part in parts)
    if depth > DEPTH_MAX:
        raise InvalidCondition(reason("condition.too_deep", limit=DEPTH_MAX))
    node_count = 1 + sum(part.node_count for part in parts)
    if node_count > NODES_MAX:
        raise InvalidCondition(reason("condition.too_many_parts", limit=NODES_MAX))
    if len(text) > TEXT_LENGTH_MAX:
        raise too_long(len(text))
    object.__setattr__(node, "text", text)
    object.__setattr__(node, "node_count", node_count)
    object.__setattr__(node, "depth", depth)


def _settled_operand(atom: Atom) -> Operand:
    shape, operand = shape_of(atom.operator), atom.operand
    match operand:
        case None if shape is Shape.NOTHING:
            return None
        case FieldRef() if shape in {Shape.VALUE, Shape.LIST, Shape.PLACES}:
            return operand
        case Range(low, high) if shape is Shape.RANGE:
            return Range(_settled_end(atom, low), _settled_end(atom, high))
        case Duration() if shape is Shape.SPAN:
            return operand
        case tuple() if shape in {Shape.LIST, Shape.PLACES}:
            return _settled_list(atom, operand)
        case None | FieldRef() | Range() | Duration() | tuple():
            raise wrong_shape(atom.field, atom.operator)
        case _ if shape is Shape.VALUE:
            return settled_constant(operand)
        case str() if shape is Shape.PLACES:
            return settled_constant(operand)
        case _:
            raise wrong_shape(atom.field, atom.operator)


def _settled_end(atom: Atom, end: FieldRef | Constant) -> FieldRef | Constant:
    if isinstance(end, Duration):
        raise wrong_shape(atom.field, atom.operator)
    return end if isinstance(end, FieldRef) else settled_constant(end)


def _settled_list(atom: Atom, values: tuple[Constant, ...]) -> tuple[Constant, ...]:
    if not values:
        raise InvalidCondition(
            reason("condition.empty_list", field=atom.field.path, operator=atom.operator.value)
        )
    if len(values) > LIST_LENGTH_MAX:
        raise too_long_list(len(values))
    settled = tuple(settled_constant(value) for value in values)
    allowed = str if atom.operator is Operator.IS_WITHIN else object
    if any(isinstance(value, Duration) or not isinstance(value, allowed) for value in settled):
        raise wrong_shape(atom.field, atom.operator)
    return settled


def wrong_shape(ref: FieldRef, operator: Operator) -> InvalidCondition:
    """The refusal of an operand that the operator cannot take."""
    return InvalidCondition(
        reason(
            "condition.wrong_shape",
            field=ref.path,
            operator=operator.value,
            wanted=shape_of(operator).value,
        )
    )


def too_long_list(length: int) -> InvalidCondition:
    """The refusal of a list above the bound."""
    return InvalidCondition(reason("condition.too_long_list", length=length, limit=LIST_LENGTH_MAX))


def _operand_text(operand: Operand) -> str:
    match operand:
        case None:
            return ""
        case Range(low, high):
            return f"{_operand_text(low)} and {_operand_text(high)}"
        case tuple():
            return f"({', '.join(map(constant_text, operand))})"
        case FieldRef():
            return operand.text
        case _:
            return constant_text(operand)
