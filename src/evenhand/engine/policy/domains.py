"""Which values are worth trying for each field that some conditions read.

On, beside, inside and outside of the constants there; where fields are compared with each other,
also what the other one is compared with. A finite choice: what it does not show may still exist.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from evenhand.engine.conditions import Condition, Operator, atoms_of, moments, witnesses
from evenhand.engine.facts import FieldSchema, FieldType, ItemKind, Regions, Value

NOW = "now"
KIND = "lead.kind"
_ONE_DAY = timedelta(days=1)
_SEVERAL = frozenset({FieldType.LIST, FieldType.REGIONS})
_TEXTS = ("other", "别的")
_OF_PARTS = frozenset({Operator.CONTAINS, Operator.CONTAINS_ALL, Operator.STARTS_WITH})

Domains = Mapping[str, tuple[Value, ...]]


def domains_of(
    conditions: Sequence[Condition], *, now: datetime, schema: FieldSchema, regions: Regions
) -> dict[str, tuple[Value, ...]]:
    """Values to try by field, missing last; `now` stands for all fields of the moment."""
    found = dict(witnesses(*conditions, now=now, schema=schema, regions=regions))
    types = {path: spec.type for path in found if (spec := schema.get(path)) is not None}
    for path, values in found.items():
        if len(values) == 1:
            # Only asked whether it is empty: then any value will do.
            own = _own_values(types.get(path), now, regions)
            found[path] = (*(_fitted(value, types.get(path)) for value in own), None)
    for left, right in _compared_fields(conditions):
        for path, other in ((left, right), (right, left)):
            if path in found:
                type_ = types.get(path)
                more = (
                    *found[path][:-1],
                    *_own_values(type_, now, regions),
                    *found.get(other, ()),
                )
                found[path] = (*_distinct(_fitted(value, type_) for value in more), None)
    for path, texts in _parts_of_text(conditions).items():
        if types.get(path) is FieldType.TEXT and len(texts) > 1:
            # Two parts may be wanted of one text.
            found[path] = (*found[path][:-1], " ".join(texts), None)
    if KIND in found:
        found[KIND] = _kinds(found[KIND])
    if "lead.id" in found:
        found["lead.id"] = found["lead.id"][:-1]  # every item has one
    if any(
        ref.root == "now" for one in conditions for atom in atoms_of(one) for ref in atom.fields
    ):
        found[NOW] = moments(*conditions, now=now)
    return found


def _compared_fields(conditions: Iterable[Condition]) -> Iterable[tuple[str, str]]:
    pairs = (
        (atom.field.path, ref.path)
        for condition in conditions
        for atom in atoms_of(condition)
        for ref in atom.fields[1:]
    )
    return dict.fromkeys(pairs)


def _parts_of_text(conditions: Iterable[Condition]) -> Mapping[str, tuple[str, ...]]:
    """What fields are asked to begin with, first, and to contain."""
    found: dict[str, dict[str, bool]] = {}
    for condition in conditions:
        for atom in atoms_of(condition):
            if atom.operator in _OF_PARTS:
                parts = found.setdefault(atom.field.path, {})
                for part in atom.constants:
                    is_first = atom.operator is Operator.STARTS_WITH
                    parts[str(part)] = is_first or parts.get(str(part), False)
    return {
        path: tuple(sorted(parts, key=lambda part: not parts[part]))
        for path, parts in found.items()
    }


def _own_values(type_: FieldType | None, now: datetime, regions: Regions) -> tuple[Value, ...]:
    """Values that differ, for a field that no constant stands beside."""
    match type_:
        case FieldType.NUMBER:
            return (1, 2)
        case FieldType.DATE:
            return (now.date(), now.date() - _ONE_DAY)
        case FieldType.DATETIME:
            return (now, now - _ONE_DAY)
        case FieldType.TIME:
            return (time(9), time(15))
        case FieldType.BOOLEAN:
            return (True, False)
        case FieldType.REGION | FieldType.REGIONS:
            # One inside the other, if the tree has such.
            return (*_TEXTS, *next(iter(regions.parents.items()), ()))
    return _TEXTS


def _fitted(value: Value, type_: FieldType | None) -> Value:
    """A value of the field compared with, as this field would hold it; None if it cannot."""
    is_several = isinstance(value, tuple)
    if type_ in _SEVERAL:
        return value if is_several else (value,) if isinstance(value, str) else None
    if is_several:
        return value[0] if isinstance(value, tuple) and len(value) == 1 else None
    return value


def _kinds(values: Iterable[Value]) -> tuple[Value, ...]:
    """Leads first, then the kinds named, then one that is not."""
    named = [value for value in values if value in set(ItemKind)]
    others = [kind.value for kind in ItemKind if kind.value not in named]
    return tuple(dict.fromkeys((ItemKind.LEAD.value, *map(str, named), *others[:2])))


def _distinct(values: Iterable[Value]) -> Iterable[Value]:
    kept = {(type(value), value): value for value in values if value is not None}
    return kept.values()
