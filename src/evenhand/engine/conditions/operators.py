"""The operators: how they are written, and what each takes on its right."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Operator(StrEnum):
    """What an atom asks of its field; the value is how it is written, in text and in trees."""

    EQUAL = "="
    NOT_EQUAL = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    IN = "in"
    NOT_IN = "not in"
    CONTAINS = "contains"
    CONTAINS_ANY = "contains any"
    CONTAINS_ALL = "contains all"
    STARTS_WITH = "starts with"
    BETWEEN = "between"
    IS_WITHIN = "is within"
    IS_EMPTY = "is empty"
    IS_NOT_EMPTY = "is not empty"
    WITHIN_LAST = "within last"
    WITHIN_NEXT = "within next"
    OLDER_THAN = "older than"


class Shape(StrEnum):
    """What stands to the right of an operator."""

    NOTHING = "nothing"
    VALUE = "value"  # one constant, or a field
    LIST = "list"  # several constants, or a field
    PLACES = "places"  # one region, several regions, or a field
    RANGE = "range"  # two ends, each a constant or a field
    SPAN = "span"  # a duration


ORDERING = frozenset({Operator.BELOW, Operator.AT_MOST, Operator.ABOVE, Operator.AT_LEAST})
EMPTINESS = frozenset({Operator.IS_EMPTY, Operator.IS_NOT_EMPTY})
SPANS = frozenset({Operator.WITHIN_LAST, Operator.WITHIN_NEXT, Operator.OLDER_THAN})
LISTS = frozenset({Operator.IN, Operator.NOT_IN, Operator.CONTAINS_ANY, Operator.CONTAINS_ALL})

SYNONYMS: Mapping[str, Operator] = MappingProxyType(
    {
        "==": Operator.EQUAL,
        "<>": Operator.NOT_EQUAL,
        "≠": Operator.NOT_EQUAL,
        "≤": Operator.AT_MOST,
        "≥": Operator.AT_LEAST,
    }
)


def shape_of(operator: Operator) -> Shape:
    """What the operator takes on its right."""
    if operator in EMPTINESS:
        return Shape.NOTHING
    if operator in SPANS:
        return Shape.SPAN
    if operator in LISTS:
        return Shape.LIST
    if operator is Operator.BETWEEN:
        return Shape.RANGE
    return Shape.PLACES if operator is Operator.IS_WITHIN else Shape.VALUE


def read_operator(name: str) -> Operator | None:
    """The operator of a name as people write it in a tree: any case, `not_in` or `not in`."""
    settled = " ".join(name.lower().replace("_", " ").split())
    if settled in SYNONYMS:
        return SYNONYMS[settled]
    return Operator(settled) if settled in _NAMES else None


_NAMES = frozenset(operator.value for operator in Operator)
