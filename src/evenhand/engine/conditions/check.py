"""Can this condition mean anything? Every problem names the field, the operator and the type.

An error makes the condition unusable; a warning says that it can be used but hardly means what
was written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

from evenhand.engine.conditions.english import sentence
from evenhand.engine.conditions.nodes import AllOf, AnyOf, Atom, Condition, Not, Range
from evenhand.engine.conditions.operands import Constant, Duration, FieldRef, Unit, constant_text
from evenhand.engine.conditions.operators import EMPTINESS, ORDERING, SPANS, Operator
from evenhand.engine.conditions.reads import is_personal, reads_rep
from evenhand.engine.conditions.suggest import clipped, nearest
from evenhand.engine.conditions.values import comparable, fold, has_order
from evenhand.engine.facts import FieldSchema, FieldSpec, FieldType, Regions
from evenhand.engine.reasons import Reason, reason


class Gravity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a condition; `where` is its place in the tree form."""

    gravity: Gravity
    reason: Reason
    where: str
    atom: Atom

    @property
    def is_error(self) -> bool:
        """Whether the condition cannot be used."""
        return self.gravity is Gravity.ERROR

    def __str__(self) -> str:
        said = sentence(self.reason)
        return f"{self.where}: {said}" if self.where else said


_O, _T = Operator, FieldType
_EQUALITY = frozenset({_O.EQUAL, _O.NOT_EQUAL})
_LISTED = frozenset({_O.IN, _O.NOT_IN})
_CONTAINING = frozenset({_O.CONTAINS, _O.CONTAINS_ANY, _O.CONTAINS_ALL})
_ORDERED = _EQUALITY | _LISTED | ORDERING | {_O.BETWEEN}
_USABLE: Mapping[FieldType, frozenset[Operator]] = {
    _T.TEXT: _EQUALITY | _LISTED | _CONTAINING | {_O.STARTS_WITH} | EMPTINESS,
    _T.NUMBER: _ORDERED | EMPTINESS,
    _T.BOOLEAN: _EQUALITY | EMPTINESS,
    _T.DATE: _ORDERED | SPANS | EMPTINESS,
    _T.DATETIME: _ORDERED | SPANS | EMPTINESS,
    _T.TIME: _ORDERED | EMPTINESS,
    _T.LIST: _CONTAINING | EMPTINESS,
    _T.REGION: _EQUALITY | _LISTED | _CONTAINING | {_O.IS_WITHIN} | EMPTINESS,
    _T.REGIONS: _CONTAINING | {_O.IS_WITHIN} | EMPTINESS,
}

# Which kinds of single values meet each other; a list stands for its members.
_MOMENTS, _PLACES, _TEXTS = "moment", "place", "text"
_FAMILY: Mapping[FieldType, str] = {
    _T.TEXT: _TEXTS,
    _T.LIST: _TEXTS,
    _T.NUMBER: "number",
    _T.BOOLEAN: "boolean",
    _T.DATE: _MOMENTS,
    _T.DATETIME: _MOMENTS,
    _T.TIME: "time",
    _T.REGION: _PLACES,
    _T.REGIONS: _PLACES,
}
_SEVERAL = frozenset({_T.LIST, _T.REGIONS})
_TAKES_SEVERAL = frozenset({_O.IN, _O.NOT_IN, _O.CONTAINS_ANY, _O.CONTAINS_ALL})
_DAY_UNITS = frozenset({Unit.DAYS, Unit.WEEKS})

# Two constants without an offset compare alike in every zone.
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)

# Numbers have no choices in a schema, and this one has seven.
_WEEKDAYS = tuple(map(str, range(1, 8)))


def check(
    condition: Condition, schema: FieldSchema, regions: Regions | None = None
) -> list[Problem]:
    """Everything wrong with the condition, in the order of writing; empty if nothing is."""
    return list(_problems(condition, "", _Known.of(schema, regions or Regions())))


@dataclass(frozen=True, slots=True)
class _Known:
    """What conditions may name; the names of regions as they are compared, and as written."""

    schema: FieldSchema
    regions: Regions
    region_names: Mapping[str, str]

    @classmethod
    def of(cls, schema: FieldSchema, regions: Regions) -> "_Known":
        names = [*regions.parents, *regions.parents.values(), *regions.aliases.values()]
        return cls(schema, regions, {fold(name): name for name in names})


def _problems(condition: Condition, where: str, known: _Known) -> Iterator[Problem]:
    prefix = f"{where}." if where else ""
    match condition:
        case Atom():
            for gravity, found in _atom_problems(condition, known):
                yield Problem(gravity, found, where, condition)
        case AllOf(parts) | AnyOf(parts):
            key = "all" if isinstance(condition, AllOf) else "any"
            for index, part in enumerate(parts):
                yield from _problems(part, f"{prefix}{key}[{index}]", known)
        case Not(part):
            yield from _problems(part, f"{prefix}not", known)
        case _:
            return


_Found = Iterator[tuple[Gravity, Reason]]


def _named(atom: Atom, spec: FieldSpec) -> dict[str, str]:
    return {"field": spec.path, "type": spec.type.value, "operator": atom.operator.value}


def _atom_problems(atom: Atom, known: _Known) -> _Found:
    schema = known.schema
    unknown = [ref for ref in atom.fields if schema.get(ref.path) is None]
    for ref in unknown:
        yield Gravity.ERROR, _unknown_field(ref, atom.operator, schema)
    spec = schema.get(atom.field.path)
    if spec is None:
        return
    if atom.operator not in _USABLE[spec.type]:
        usable = tuple(each.value for each in Operator if each in _USABLE[spec.type])
        yield (
            Gravity.ERROR,
            reason(
                "condition.unusable_operator",
                **_named(atom, spec),
                usable=usable,
            ),
        )
        return
    if is_personal(atom, schema):
        yield from _personal_problems(atom, spec)
    for ref in atom.fields[1:]:
        other = schema.get(ref.path)
        if other is not None and not _can_meet(spec.type, atom.operator, other.type):
            yield Gravity.ERROR, _incomparable(atom, spec, other)
    for constant in atom.constants:
        yield from _constant_problems(constant, atom, spec, known)
    if isinstance(atom.operand, Range):
        yield from _range_problems(atom.operand, atom, spec)


def _unknown_field(ref: FieldRef, operator: Operator, schema: FieldSchema) -> Reason:
    names = [spec.name for spec in schema.fields.values() if spec.root == ref.root]
    near = nearest(ref.name, names)
    # The right name under the wrong root is the other common slip: rep.source, lead.team.
    elsewhere = [spec.path for spec in schema.fields.values() if spec.name == ref.name]
    suggestion = f"{ref.root}.{near}" if near else next(iter(elsewhere), None)
    return reason(
        "condition.unknown_field",
        field=ref.path,
        operator=operator.value,
        suggestion=suggestion,
    )


def _personal_problems(atom: Atom, spec: FieldSpec) -> _Found:
    named = _named(atom, spec)
    if reads_rep(atom):
        yield Gravity.ERROR, reason("condition.personal_with_rep", **named)
    is_whole = atom.operator in _EQUALITY | _LISTED and spec.type in {_T.TEXT, _T.NUMBER}
    if is_whole and atom.constants:
        yield Gravity.WARNING, reason("condition.personal_constant", **named)


def _can_meet(left: FieldType, operator: Operator, right: FieldType) -> bool:
    if _FAMILY[left] != _FAMILY[right]:
        return False
    if operator is Operator.IS_WITHIN or (operator is _O.CONTAINS and _FAMILY[left] is _PLACES):
        return True  # one or several on either side
    return (right in _SEVERAL) == (operator in _TAKES_SEVERAL)


def _incomparable(atom: Atom, spec: FieldSpec, other: FieldSpec) -> Reason:
    return reason(
        "condition.incomparable",
        **_named(atom, spec),
        other=other.path,
        other_type=other.type.value,
    )


def _constant_problems(constant: Constant, atom: Atom, spec: FieldSpec, known: _Known) -> _Found:
    family = _FAMILY[spec.type]
    named = _named(atom, spec)
    shown = clipped(constant if isinstance(constant, str) else constant_text(constant))
    if isinstance(constant, Duration):
        # Hours and working time lead to an instant; a date is a whole day.
        is_right = spec.type is _T.DATETIME or constant.unit in _DAY_UNITS
    else:
        is_right = _kind_of(constant) == (_TEXTS if family is _PLACES else family)
    if not is_right:
        kind = _kind_of(constant)
        yield (
            Gravity.ERROR,
            reason("condition.wrong_constant", **named, value=shown, value_type=kind),
        )
        return
    if isinstance(constant, str) and not fold(constant):
        yield Gravity.WARNING, reason("condition.empty_text", **named)
        return
    if not isinstance(constant, Duration):
        yield from _choice_problems(constant, atom, spec)
    if family is _PLACES and isinstance(constant, str):
        yield from _region_problems(constant, named, known)


def _choice_problems(constant: Constant, atom: Atom, spec: FieldSpec) -> _Found:
    choices = _WEEKDAYS if spec.path == "now.weekday" else spec.choices
    # A part of a text need not be a choice; a member of a list must.
    is_part = spec.type is _T.TEXT and atom.operator in _CONTAINING | {_O.STARTS_WITH}
    written = constant if isinstance(constant, str) else constant_text(constant)
    if not choices or is_part or fold(written) in {fold(choice) for choice in choices}:
        return
    yield (
        Gravity.ERROR,
        reason(
            "condition.not_a_choice",
            **_named(atom, spec),
            value=clipped(written),
            suggestion=nearest(written, choices),
        ),
    )


def _region_problems(name: str, named: dict[str, str], known: _Known) -> _Found:
    lineage = known.regions.lineage(name)
    if not known.region_names or not lineage or fold(lineage[0]) in known.region_names:
        return
    near = nearest(lineage[0], [*known.region_names.values(), *known.regions.aliases])
    yield (
        Gravity.WARNING,
        reason("condition.unknown_region", **named, value=clipped(name), suggestion=near),
    )


def _range_problems(ends: Range, atom: Atom, spec: FieldSpec) -> _Found:
    low, high = ends.low, ends.high
    # Times of day come round again: 22:00 to 06:00 is a night.
    if isinstance(low, FieldRef) or isinstance(high, FieldRef) or spec.type is _T.TIME:
        return
    pair = comparable(low, high, _ANY_MOMENT)
    if pair is not None and has_order(pair[0]) and pair[0] > pair[1]:
        yield (
            Gravity.WARNING,
            reason(
                "condition.empty_range",
                **_named(atom, spec),
                low=constant_text(low),
                high=constant_text(high),
            ),
        )


def _kind_of(constant: Constant) -> str:
    match constant:
        case bool():
            return "boolean"
        case int() | Decimal():
            return "number"
        case date():
            return _MOMENTS
        case time():
            return "time"
        case Duration():
            return "duration"
        case _:
            return _TEXTS
