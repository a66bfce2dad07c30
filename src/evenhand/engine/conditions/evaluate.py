"""Does a condition hold? Compile once, ask millions of times.

The schema decides two things only: which fields are regions or lists, and which are personal.
Give the one that the policy is checked against if it has fields of its own.
"""

from collections.abc import Iterable, Mapping

from evenhand.engine.conditions.atoms import atom_test, plain_test
from evenhand.engine.conditions.bindings import Bindings
from evenhand.engine.conditions.nodes import (
    ALWAYS,
    NEVER,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Condition,
    Not,
    all_of,
    any_of,
)
from evenhand.engine.conditions.reads import reads_rep
from evenhand.engine.conditions.regions import Test
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema


def evaluate(
    condition: Condition, bindings: Bindings, schema: FieldSchema = BUILT_IN_FIELDS
) -> bool:
    """Whether the condition holds. To ask more than once, keep what `compile_condition` gives."""
    return compile_condition(condition, schema)(bindings)


def compile_condition(condition: Condition, schema: FieldSchema = BUILT_IN_FIELDS) -> Test:
    """The condition as a function, its constants prepared; never raises, whatever the values are.

    (The clock in the bindings may: a calendar knows only so many years.)
    """
    match condition:
        case Always(holds):
            return lambda bindings: holds
        case Atom():
            return atom_test(condition, schema)
        case Not(part):
            test = compile_condition(part, schema)
            return lambda bindings: not test(bindings)
        case AllOf(parts):
            return _every(tuple(compile_condition(part, schema) for part in parts))
        case AnyOf(parts):
            return _some(tuple(compile_condition(part, schema) for part in parts))


def _every(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 2:
        first, second = tests
        return lambda bindings: first(bindings) and second(bindings)

    def every(bindings: Bindings) -> bool:
        # A plain loop takes half the time of all() over a generator.
        for test in tests:  # noqa: SIM110
            if not test(bindings):
                return False
        return True

    return every


def _some(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 2:
        first, second = tests
        return lambda bindings: first(bindings) or second(bindings)

    def some(bindings: Bindings) -> bool:
        for test in tests:  # noqa: SIM110
            if test(bindings):
                return True
        return False

    return some


def derive(
    atoms: Iterable[Atom], bindings: Bindings, schema: FieldSchema = BUILT_IN_FIELDS
) -> Mapping[str, bool]:
    """What atoms over personal fields come to, by their text: facts that a receipt may hold.

    Put into `Bindings.derived` they give the same answers without the personal values.
    """
    return {atom.text: plain_test(atom, schema)(bindings) for atom in atoms}


def settle(
    condition: Condition, bindings: Bindings, schema: FieldSchema = BUILT_IN_FIELDS
) -> Condition:
    """What is left to ask of each rep once item, company and moment are known.

    Parts that do not read the rep are replaced by their answers and simplified away; `true` or
    `false` is left if the rep does not matter.
    """
    if not reads_rep(condition):
        return ALWAYS if evaluate(condition, bindings, schema) else NEVER
    match condition:
        case Not(part):
            left = settle(part, bindings, schema)
            return Always(not left.holds) if isinstance(left, Always) else Not(left)
        case AllOf(parts):
            left_parts = [settle(part, bindings, schema) for part in parts]
            if NEVER in left_parts:
                return NEVER
            return all_of(*(part for part in left_parts if part != ALWAYS))
        case AnyOf(parts):
            left_parts = [settle(part, bindings, schema) for part in parts]
            if ALWAYS in left_parts:
                return ALWAYS
            return any_of(*(part for part in left_parts if part != NEVER))
        case _:
            return condition
