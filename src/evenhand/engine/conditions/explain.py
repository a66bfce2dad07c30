"""Why a condition held or failed, in reason codes; and what would have changed the answer.

Personal values never appear: atoms over them say only whether they held.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from evenhand.engine.conditions.atoms import atom_test
from evenhand.engine.conditions.bindings import Bindings, reader_of
from evenhand.engine.conditions.nodes import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Condition,
    Not,
    Range,
    atoms_of,
)
from evenhand.engine.conditions.operands import Duration, FieldRef, constant_text
from evenhand.engine.conditions.operators import EMPTINESS
from evenhand.engine.conditions.reads import is_personal
from evenhand.engine.conditions.values import is_missing
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema
from evenhand.engine.reasons import Param, Reason, reason

# Receipts repeat values; a long note or a list of 1,000 sources helps nobody there.
SHOWN_LENGTH_MAX = 200
SHOWN_COUNT_MAX = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a condition, or a part of one, held or failed; the parts in the order of writing."""

    holds: bool
    reason: Reason
    parts: tuple["Explanation", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The explanation as plain data."""
        told: dict[str, Any] = {"holds": self.holds, "reason": self.reason.as_json()}
        if self.parts:
            told["parts"] = [part.as_json() for part in self.parts]
        return told


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a condition failed, in as few atoms as possible.

    `atoms` alone, as they came out, make the condition fail, whatever the others say. `remedy` is
    the one atom that, had it come out differently and all else the same, would have made it hold;
    None if no single atom would have, or more than one could.
    """

    atoms: tuple[Atom, ...]
    reasons: tuple[Reason, ...]
    remedy: Reason | None


def explain(
    condition: Condition, bindings: Bindings, schema: FieldSchema = BUILT_IN_FIELDS
) -> Explanation:
    """Why the condition holds or fails, part by part. Every part is looked at, decided or not."""
    match condition:
        case Always(holds):
            return Explanation(holds, reason("condition.always", holds=holds))
        case Atom():
            holds = atom_test(condition, schema)(bindings)
            return Explanation(holds, explain_atom(condition, holds, bindings, schema))
        case Not(part):
            inner = explain(part, bindings, schema)
            holds = not inner.holds
            return Explanation(holds, reason("condition.not", holds=holds), (inner,))
        case AllOf(parts):
            told = tuple(explain(part, bindings, schema) for part in parts)
            holds = all(part.holds for part in told)
            return Explanation(holds, reason("condition.all", holds=holds), told)
        case AnyOf(parts):
            told = tuple(explain(part, bindings, schema) for part in parts)
            holds = any(part.holds for part in told)
            return Explanation(holds, reason("condition.any", holds=holds), told)


def explain_atom(atom: Atom, holds: bool, bindings: Bindings, schema: FieldSchema) -> Reason:
    """Why an atom came out as it did, with the actual and the wanted value."""
    named: dict[str, Param] = {"field": atom.field.path, "operator": atom.operator.value}
    if is_personal(atom, schema):
        return reason("condition.masked", **named, other=_other(atom), holds=holds)
    wanted = _wanted(atom, bindings)
    if not holds and bindings.clock is None and _needs_clock(atom):
        return reason("condition.no_calendar", **named, wanted=wanted)
    absent = None if holds or atom.operator in EMPTINESS else _absent(atom, bindings)
    if absent is not None:
        return reason(
            "condition.missing", **named, other=_other(atom), wanted=wanted, absent=absent
        )
    return reason(
        "condition.held" if holds else "condition.failed",
        **named,
        actual=shown_value(reader_of(atom.field)(bindings)),
        other=_other(atom),
        wanted=wanted,
    )


def first_failure(
    condition: Condition, bindings: Bindings, schema: FieldSchema = BUILT_IN_FIELDS
) -> Failure | None:
    """The shortest reason why the condition fails; None if it holds.

    "Shortest" is judged branch by branch, and atoms as if each could change alone: that budget
    > 5 and budget > 10 hang together is not seen.
    """
    return compile_failure(condition, schema)(bindings)


def compile_failure(
    condition: Condition, schema: FieldSchema = BUILT_IN_FIELDS
) -> Callable[[Bindings], Failure | None]:
    """`first_failure` for many bindings, such as every rep who was excluded."""
    tests = {atom: atom_test(atom, schema) for atom in atoms_of(condition)}

    def failure(bindings: Bindings) -> Failure | None:
        truths = {atom.text: test(bindings) for atom, test in tests.items()}
        blame = _blame(condition, truths)
        if blame.holds:
            return None
        told = (explain_atom(atom, truths[atom.text], bindings, schema) for atom in blame.causes)
        remedy = None
        if blame.changes is not None and len(blame.changes) == 1:
            (atom,) = blame.changes
            turned = {**truths, atom.text: not truths[atom.text]}
            # The same atom may stand in two places and help in only one of them.
            if _blame(condition, turned).holds:
                remedy = _remedy(atom, turned[atom.text], bindings, schema)
        return Failure(blame.causes, tuple(told), remedy)

    return failure


@dataclass(frozen=True, slots=True)
class _Blame:
    """How a part came out, the fewest atoms that force it so, and the fewest that could turn it.

    No atoms can turn a constant: `changes` is None.
    """

    holds: bool
    causes: tuple[Atom, ...]
    changes: tuple[Atom, ...] | None


def _blame(condition: Condition, truths: Mapping[str, bool]) -> _Blame:
    match condition:
        case Always(holds):
            return _Blame(holds, (), None)
        case Atom():
            return _Blame(truths[condition.text], (condition,), (condition,))
        case Not(part):
            inner = _blame(part, truths)
            return _Blame(not inner.holds, inner.causes, inner.changes)
        case AllOf(parts):
            return _joined([_blame(part, truths) for part in parts], decisive=False)
        case AnyOf(parts):
            return _joined([_blame(part, truths) for part in parts], decisive=True)


def _joined(parts: list[_Blame], *, decisive: bool) -> _Blame:
    """One part that comes out `decisive` decides the whole; otherwise all of them together do."""
    deciding = [part for part in parts if part.holds is decisive]
    if deciding:
        causes = min((part.causes for part in deciding), key=len)
        changes = [part.changes for part in deciding if part.changes is not None]
        is_fixed = len(changes) < len(deciding)
        return _Blame(decisive, causes, None if is_fixed else _once(changes))
    possible = [part.changes for part in parts if part.changes is not None]
    changed = min(possible, key=len) if possible else None
    return _Blame(not decisive, _once(part.causes for part in parts), changed)


def _once(groups: Iterable[tuple[Atom, ...]]) -> tuple[Atom, ...]:
    return tuple(dict.fromkeys(atom for group in groups for atom in group))


def _remedy(atom: Atom, should_hold: bool, bindings: Bindings, schema: FieldSchema) -> Reason:
    named: dict[str, Param] = {
        "field": atom.field.path,
        "operator": atom.operator.value,
        "other": _other(atom),
        "is_negated": not should_hold,
    }
    if is_personal(atom, schema):
        return reason("condition.remedy_masked", **named)
    return reason("condition.remedy", **named, wanted=_wanted(atom, bindings))


def said(atom: Atom, *, is_negated: bool = False) -> Reason:
    """What an atom asks, whatever the item: for reading a rule. Fields stay fields."""
    return reason(
        "condition.said",
        field=atom.field.path,
        operator=atom.operator.value,
        other=_other(atom),
        wanted=_shown_operand(atom.operand, lambda ref: ref.path),
        is_negated=is_negated,
    )


def _other(atom: Atom) -> Param:
    """The field on the right, if there is one."""
    return atom.fields[1].path if len(atom.fields) > 1 else None


def _wanted(atom: Atom, bindings: Bindings) -> Param:
    """What stands on the right, fields by their values."""
    return _shown_operand(atom.operand, lambda ref: reader_of(ref)(bindings))


def _shown_operand(operand: object, read: Callable[[FieldRef], object]) -> Param:
    if isinstance(operand, Range):
        return (_shown_operand(operand.low, read), _shown_operand(operand.high, read))
    return shown_value(read(operand) if isinstance(operand, FieldRef) else operand)


def shown_value(value: object) -> Param:
    """A value as a reason's parameter: exact, but no longer than somebody would read."""
    match value:
        case bool() | None:
            return value
        case str():
            return value if len(value) <= SHOWN_LENGTH_MAX else f"{value[:SHOWN_LENGTH_MAX]}…"
        case tuple() | list():
            shown = tuple(shown_value(part) for part in value[:SHOWN_COUNT_MAX])
            return shown if len(value) <= SHOWN_COUNT_MAX else (*shown, "…")
        case int():
            return int(value)
        case Decimal() if not value.is_finite():
            return None
        case Decimal() | Duration():
            return constant_text(value)
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return None


def _needs_clock(atom: Atom) -> bool:
    is_asked = any(ref.path == "now.is_working_time" for ref in atom.fields)
    return is_asked or (isinstance(atom.operand, Duration) and atom.operand.is_working)


def _absent(atom: Atom, bindings: Bindings) -> str | None:
    """The first of its fields that has no value."""
    absent = (ref.path for ref in atom.fields if is_missing(reader_of(ref)(bindings)))
    return next(absent, None)
