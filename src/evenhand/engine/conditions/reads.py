"""What a condition reads: which fields, whether the rep's, whether personal ones."""

from evenhand.engine.conditions.nodes import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Not,
    all_of,
    atoms_of,
)
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema


def fields_read(condition: Condition) -> frozenset[str]:
    """The paths of all fields that the condition reads, on either side of its operators."""
    return frozenset(ref.path for atom in atoms_of(condition) for ref in atom.fields)


def reads_rep(condition: Condition) -> bool:
    """Whether the answer can differ from rep to rep; if not, it is needed once per item."""
    match condition:
        case Atom():
            return any(ref.root == "rep" for ref in condition.fields)
        case AllOf() | AnyOf():
            return any(reads_rep(part) for part in condition.parts)
        case Not():
            return reads_rep(condition.part)
        case _:
            return False


def split(condition: Condition) -> tuple[Condition, Condition]:
    """The condition in two that must both hold: the first never reads the rep.

    Only the outermost `and` is taken apart; what cannot be split stands in the second.
    """
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    without = [part for part in parts if not reads_rep(part)]
    beside = [part for part in parts if reads_rep(part)]
    return all_of(*without), all_of(*beside)


def is_personal(atom: Atom, schema: FieldSchema = BUILT_IN_FIELDS) -> bool:
    """Whether the atom reads a field whose value no receipt may hold."""
    specs = [schema.get(ref.path) for ref in atom.fields]
    return any(spec is not None and spec.personal for spec in specs)


def personal_atoms(condition: Condition, schema: FieldSchema = BUILT_IN_FIELDS) -> tuple[Atom, ...]:
    """The atoms over personal fields, each once, in the order of writing."""
    return tuple(dict.fromkeys(atom for atom in atoms_of(condition) if is_personal(atom, schema)))
