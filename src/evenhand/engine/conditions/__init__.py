"""The condition language: parse, check, evaluate and explain.

Its words and meaning stand in docs/algorithms/conditions.md.
"""

from evenhand.engine.conditions.bindings import Bindings, WorkingClock
from evenhand.engine.conditions.check import Gravity, Problem, check
from evenhand.engine.conditions.evaluate import compile_condition, derive, evaluate, settle
from evenhand.engine.conditions.explain import (
    Explanation,
    Failure,
    compile_failure,
    explain,
    first_failure,
)
from evenhand.engine.conditions.nodes import (
    ALWAYS,
    NEVER,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Condition,
    Not,
    Range,
    all_of,
    any_of,
    atoms_of,
)
from evenhand.engine.conditions.operands import Constant, Duration, FieldRef, InvalidCondition, Unit
from evenhand.engine.conditions.operators import Operator
from evenhand.engine.conditions.reads import (
    fields_read,
    is_personal,
    personal_atoms,
    reads_rep,
    split,
)
from evenhand.engine.conditions.text import parse, to_text
from evenhand.engine.conditions.tokens import UnreadableCondition
from evenhand.engine.conditions.tree import from_tree, to_tree
from evenhand.engine.conditions.witnesses import constants, moments, witnesses

__all__ = [
    "ALWAYS",
    "NEVER",
    "AllOf",
    "Always",
    "AnyOf",
    "Atom",
    "Bindings",
    "Condition",
    "Constant",
    "Duration",
    "Explanation",
    "Failure",
    "FieldRef",
    "Gravity",
    "InvalidCondition",
    "Not",
    "Operator",
    "Problem",
    "Range",
    "Unit",
    "UnreadableCondition",
    "WorkingClock",
    "all_of",
    "any_of",
    "atoms_of",
    "check",
    "compile_condition",
    "compile_failure",
    "constants",
    "derive",
    "evaluate",
    "explain",
    "fields_read",
    "first_failure",
    "from_tree",
    "is_personal",
    "moments",
    "parse",
    "personal_atoms",
    "reads_rep",
    "settle",
    "split",
    "to_text",
    "to_tree",
    "witnesses",
]
