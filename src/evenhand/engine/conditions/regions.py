"""Regions in conditions: the same one, or one inside the other, by the tree in the bindings.

Names compare as texts do, and one without its rank (浙江) as any that bears it. Lineages are
remembered per tree: the region of one item meets the regions of every rep.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from evenhand.engine.conditions.bindings import Bindings, reader_of
from evenhand.engine.conditions.nodes import Atom
from evenhand.engine.conditions.operands import FieldRef
from evenhand.engine.conditions.operators import Operator
from evenhand.engine.conditions.values import fold
from evenhand.engine.facts import FieldSchema, FieldType, Regions
from evenhand.engine.region_names import stem

REGIONAL = frozenset({FieldType.REGION, FieldType.REGIONS})
_REMEMBERED_MAX = 20_000

Test = Callable[[Bindings], bool]
_Names = tuple[str, ...]


def is_regional(atom: Atom, schema: FieldSchema) -> bool:
    """Whether the atom compares regions rather than texts."""
    if atom.operator is Operator.IS_WITHIN:
        return True
    if atom.operator not in _HOLDS:
        return False
    specs = [schema.get(ref.path) for ref in atom.fields]
    return any(spec is not None and spec.type in REGIONAL for spec in specs)


class _Line(NamedTuple):
    """A region and all that contains it, smallest first; names are folded."""

    name: str  # "" for a blank one
    stem: str
    # Where each name stands, and each without its rank: rules say 浙江 as well as 浙江省.
    positions: Mapping[str, int]
    stems: tuple[str, ...]


class _Lineages:
    """What one tree of regions says about names, folded and remembered; as `Regions.within`."""

    __slots__ = ("_known", "regions")

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self._known: dict[str, _Line] = {}

    def _of(self, name: str) -> _Line:
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _REMEMBERED_MAX:
                self._known.clear()
            line = self.regions.lineage(name)
            names, stems = [fold(one) for one in line], tuple([fold(stem(one)) for one in line])
            positions: dict[str, int] = {}
            for position, pair in enumerate(zip(names, stems, strict=True)):
                for one in pair:
                    positions.setdefault(one, position)
            known = _Line(names[0] if names else "", stems[0] if stems else "", positions, stems)
            self._known[name] = known
        return known

    def is_same(self, left: str, right: str) -> bool:
        """Whether both are one region."""
        one, other = self._of(left), self._of(right)
        if not one.name or (one.name not in (other.name, other.stem) and one.stem != other.name):
            return False
        return _may_lie(one.stems[1:], other.stems[1:])

    def is_within(self, inner: str, outer: str) -> bool:
        """Whether `inner` is `outer` or lies inside it."""
        target = self._of(outer)
        if not target.name:
            return False
        line = self._of(inner)
        position = line.positions.get(target.name)
        return position is not None and (
            len(target.stems) == 1 or _may_lie(line.stems[position + 1 :], target.stems[1:])
        )


def _may_lie(above: Sequence[str], also_above: Sequence[str]) -> bool:
    """Whether a name at the end of two paths may be one place, by what stands above it."""
    return not above or not also_above or not set(above).isdisjoint(also_above)


def regional_test(atom: Atom) -> Test:
    """The test of an atom that `is_regional`."""
    left, right = _names_of(atom.field), _operand_names(atom)
    holds = _HOLDS[atom.operator]
    lineages = _Lineages(Regions())

    def test(bindings: Bindings) -> bool:
        nonlocal lineages
        # One name read once: another thread may bring another tree meanwhile.
        current = lineages
        if current.regions is not bindings.regions:
            current = lineages = _Lineages(bindings.regions)
        return holds(left(bindings), right(bindings), current)

    return test


def region_names(value: Any) -> _Names:
    """The regions that a value names: one, several or none."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, tuple | list):
        return tuple([name for name in value if isinstance(name, str) and name.strip()])
    return ()


def _names_of(ref: FieldRef) -> Callable[[Bindings], _Names]:
    read = reader_of(ref)
    return lambda bindings: region_names(read(bindings))


def _operand_names(atom: Atom) -> Callable[[Bindings], _Names]:
    if isinstance(atom.operand, FieldRef):
        return _names_of(atom.operand)
    names = region_names(atom.constants)
    return lambda bindings: names


def _equal(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return len(left) == len(right) == 1 and lineages.is_same(left[0], right[0])


def _not_equal(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return len(left) == len(right) == 1 and not lineages.is_same(left[0], right[0])


def _in(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return len(left) == 1 and any(lineages.is_same(left[0], name) for name in right)


def _not_in(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return len(left) == 1 and bool(right) and not _in(left, right, lineages)


def _within(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    # Plain loops: this is asked of every item and rep, and takes half the time of any().
    for inner in left:
        for outer in right:
            if lineages.is_within(inner, outer):
                return True
    return False


def _contains(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return _within(right, left, lineages)


def _contains_all(left: _Names, right: _Names, lineages: _Lineages) -> bool:
    return bool(right) and all(_within((name,), left, lineages) for name in right)


_HOLDS: dict[Operator, Callable[[_Names, _Names, _Lineages], bool]] = {
    Operator.EQUAL: _equal,
    Operator.NOT_EQUAL: _not_equal,
    Operator.IN: _in,
    Operator.NOT_IN: _not_in,
    Operator.IS_WITHIN: _within,
    Operator.CONTAINS: _contains,
    Operator.CONTAINS_ANY: _contains,
    Operator.CONTAINS_ALL: _contains_all,
}
