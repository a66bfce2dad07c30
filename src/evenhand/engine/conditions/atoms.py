"""The test of one atom: what each operator means. Constants are prepared once.

Whatever has a missing value fails, `!=` and `not in` too; only `is empty` asks for it.
"""

import operator as python
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from evenhand.engine.conditions.bindings import Bindings, Reader, reader_of
from evenhand.engine.conditions.nodes import Atom, Operand, Range
from evenhand.engine.conditions.operands import Constant, FieldRef
from evenhand.engine.conditions.operators import EMPTINESS, SPANS, Operator
from evenhand.engine.conditions.reads import is_personal
from evenhand.engine.conditions.regions import Test, is_regional, regional_test
from evenhand.engine.conditions.spans import span_test
from evenhand.engine.conditions.values import (
    comparable,
    fold,
    folded_texts,
    has_order,
    is_missing,
)
from evenhand.engine.facts import FieldSchema, FieldType, Value

_COMPARISONS: Mapping[Operator, Callable[[Any, Any], Any]] = {
    Operator.EQUAL: python.eq,
    Operator.NOT_EQUAL: python.ne,
    Operator.BELOW: python.lt,
    Operator.AT_MOST: python.le,
    Operator.ABOVE: python.gt,
    Operator.AT_LEAST: python.ge,
}


def atom_test(atom: Atom, schema: FieldSchema) -> Test:
    """The test of an atom. Over personal fields, a derived fact goes before the field itself."""
    test = plain_test(atom, schema)
    if not is_personal(atom, schema):
        return test
    text = atom.text

    def derived_test(bindings: Bindings) -> bool:
        derived = bindings.derived.get(text)
        return test(bindings) if derived is None else derived

    return derived_test


def plain_test(atom: Atom, schema: FieldSchema) -> Test:
    """The test of an atom by the values of its fields alone."""
    if atom.operator in EMPTINESS:
        read, wanted = reader_of(atom.field), atom.operator is Operator.IS_EMPTY
        return lambda bindings: is_missing(read(bindings)) is wanted
    if atom.operator in SPANS:
        return span_test(atom)
    if is_regional(atom, schema):
        return regional_test(atom)
    if atom.operator in _COMPARISONS:
        return _comparison(atom)
    return _BUILDERS[atom.operator](atom, schema)


def _comparison(atom: Atom) -> Test:
    read, compare = reader_of(atom.field), _COMPARISONS[atom.operator]
    is_equality = compare in {python.eq, python.ne}
    if isinstance(atom.operand, str) and is_equality:
        return _text_equality(read, fold(atom.operand), atom.operator is Operator.EQUAL)
    if isinstance(atom.operand, int | Decimal) and not isinstance(atom.operand, bool):
        return _number_comparison(read, compare, atom.operand)
    other = _operand_reader(atom.operand)

    def test(bindings: Bindings) -> bool:
        pair = comparable(read(bindings), other(bindings), bindings.now)
        return pair is not None and (is_equality or has_order(pair[0])) and bool(compare(*pair))

    return test


def _number_comparison(
    read: Reader, compare: Callable[[Any, Any], Any], wanted: int | Decimal
) -> Test:
    """A frequent atom, so it gets its own short way."""

    def test(bindings: Bindings) -> bool:
        value = read(bindings)
        # bool is an int to Python, but `true` is no number here.
        if not isinstance(value, (int, Decimal)) or isinstance(value, bool) or is_missing(value):
            return False
        return bool(compare(value, wanted))

    return test


def _text_equality(read: Reader, wanted: str, is_wanted: bool) -> Test:
    """By far the most frequent atom, so it gets its own shortest way."""

    def test(bindings: Bindings) -> bool:
        value = read(bindings)
        if not isinstance(value, str) or not wanted:
            return False
        folded = fold(value)
        return bool(folded) and (folded == wanted) is is_wanted

    return test


def _in(atom: Atom, schema: FieldSchema) -> Test:
    read, is_wanted = reader_of(atom.field), atom.operator is Operator.IN
    members = _list_reader(atom.operand, schema)
    prepared = None if isinstance(atom.operand, FieldRef) else folded_texts(atom.constants)

    def test(bindings: Bindings) -> bool:
        value = read(bindings)
        if not isinstance(value, str):
            return _is_member(value, members(bindings), is_wanted, bindings)
        folded = fold(value)
        texts = folded_texts(members(bindings)) if prepared is None else prepared
        return bool(folded and texts) and (folded in texts) is is_wanted

    return test


def _is_member(
    value: Value, members: tuple[Constant, ...], is_wanted: bool, bindings: Bindings
) -> bool:
    """Whether a value is in a list, or is not; False if it compares with nothing there."""
    pairs = [comparable(value, member, bindings.now) for member in members]
    found = [left == right for left, right in filter(None, pairs)]
    return bool(found) and any(found) is is_wanted


def _between(atom: Atom, schema: FieldSchema) -> Test:
    assert isinstance(atom.operand, Range)  # the atom's constructor saw to it
    read = reader_of(atom.field)
    low, high = _operand_reader(atom.operand.low), _operand_reader(atom.operand.high)

    def test(bindings: Bindings) -> bool:
        value, start, end = read(bindings), low(bindings), high(bindings)
        above = comparable(value, start, bindings.now)
        below = comparable(value, end, bindings.now)
        if above is None or below is None or not has_order(above[0]):
            return False
        is_above, is_below = above[0] >= above[1], below[0] <= below[1]
        # 22:00 to 06:00 runs over midnight. Only times of day come round again.
        if isinstance(start, time) and above[1] > below[1]:
            return bool(is_above or is_below)
        return bool(is_above and is_below)

    return test


def _contains(atom: Atom, schema: FieldSchema) -> Test:
    read = _contents_reader(atom.field, schema)
    other = _operand_reader(atom.operand)

    def test(bindings: Bindings) -> bool:
        wanted, contents = other(bindings), read(bindings)
        if not isinstance(wanted, str) or not contents:
            return False
        folded = fold(wanted)
        return bool(folded) and folded in contents

    return test


def _contains_several(atom: Atom, schema: FieldSchema) -> Test:
    read = _contents_reader(atom.field, schema)
    quantifier = any if atom.operator is Operator.CONTAINS_ANY else all
    members = _list_reader(atom.operand, schema)

    def test(bindings: Bindings) -> bool:
        contents, wanted = read(bindings), folded_texts(members(bindings))
        return bool(contents and wanted) and quantifier(text in contents for text in wanted)

    return test


def _starts_with(atom: Atom, schema: FieldSchema) -> Test:
    read, other = reader_of(atom.field), _operand_reader(atom.operand)

    def test(bindings: Bindings) -> bool:
        pair = comparable(read(bindings), other(bindings), bindings.now)
        return pair is not None and isinstance(pair[0], str) and pair[0].startswith(pair[1])

    return test


def _operand_reader(operand: Operand) -> Callable[[Bindings], Any]:
    if isinstance(operand, FieldRef):
        return reader_of(operand)
    return lambda bindings: operand


def _list_reader(operand: Operand, schema: FieldSchema) -> Callable[[Bindings], tuple[Any, ...]]:
    """How to read a list; a single text in a field of lists is a list of one."""
    if not isinstance(operand, FieldRef):
        constants = operand if isinstance(operand, tuple) else ()
        return lambda bindings: constants
    read, is_list = reader_of(operand), _is_list(operand, schema)

    def read_list(bindings: Bindings) -> tuple[Any, ...]:
        value = read(bindings)
        if isinstance(value, tuple | list):
            return tuple(value)
        return (value,) if is_list and isinstance(value, str) else ()

    return read_list


def _contents_reader(
    ref: FieldRef, schema: FieldSchema
) -> Callable[[Bindings], str | frozenset[str]]:
    """How to read what can contain a text: the texts of a list, or a text with its parts."""
    read, is_list = reader_of(ref), _is_list(ref, schema)

    def read_contents(bindings: Bindings) -> str | frozenset[str]:
        value = read(bindings)
        if isinstance(value, str):
            return folded_texts((value,)) if is_list else fold(value)
        return folded_texts(value) if isinstance(value, tuple | list) else ""

    return read_contents


def _is_list(ref: FieldRef, schema: FieldSchema) -> bool:
    spec = schema.get(ref.path)
    return spec is not None and spec.type is FieldType.LIST


_BUILDERS: Mapping[Operator, Callable[[Atom, FieldSchema], Test]] = {
    Operator.IN: _in,
    Operator.NOT_IN: _in,
    Operator.BETWEEN: _between,
    Operator.CONTAINS: _contains,
    Operator.CONTAINS_ANY: _contains_several,
    Operator.CONTAINS_ALL: _contains_several,
    Operator.STARTS_WITH: _starts_with,
}
