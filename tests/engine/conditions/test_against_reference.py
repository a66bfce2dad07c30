"""Evaluation gives what the plain reference gives, for any condition and any values."""

from hypothesis import given, settings

from evenhand.engine.conditions import (
    Atom,
    Bindings,
    Condition,
    all_of,
    compile_condition,
    evaluate,
    explain,
    first_failure,
    settle,
    split,
)
from evenhand.engine.conditions.nodes import AllOf
from tests.engine.conditions.reference import holds
from tests.engine.conditions.strategies import (
    atoms,
    bindings,
    conditions,
    fitting_atoms,
    fitting_bindings,
)


@given(atoms, bindings)
def test_an_atom_means_what_the_reference_says(atom: Atom, bound: Bindings) -> None:
    assert evaluate(atom, bound) is holds(atom, bound)


@settings(max_examples=400)
@given(fitting_atoms, fitting_bindings)
def test_an_atom_over_values_that_fit_means_what_the_reference_says(
    atom: Atom, bound: Bindings
) -> None:
    assert evaluate(atom, bound) is holds(atom, bound)


@given(conditions, bindings)
def test_a_condition_means_what_the_reference_says(condition: Condition, bound: Bindings) -> None:
    assert evaluate(condition, bound) is holds(condition, bound)


@given(conditions, bindings, bindings)
def test_a_compiled_condition_remembers_nothing_that_matters(
    condition: Condition, first: Bindings, second: Bindings
) -> None:
    compiled = compile_condition(condition)

    answers = [compiled(bound) for bound in (first, second, first)]

    assert answers == [evaluate(condition, bound) for bound in (first, second, first)]


@given(conditions, bindings)
def test_the_explanation_agrees_with_the_evaluation(condition: Condition, bound: Bindings) -> None:
    answer = evaluate(condition, bound)

    assert explain(condition, bound).holds is answer
    assert (first_failure(condition, bound) is None) is answer


@given(conditions, bindings)
def test_what_is_left_per_rep_gives_the_same_answer(condition: Condition, bound: Bindings) -> None:
    assert evaluate(settle(condition, bound), bound) is evaluate(condition, bound)


@given(conditions, conditions, bindings)
def test_both_halves_of_a_split_make_the_whole(
    left: Condition, right: Condition, bound: Bindings
) -> None:
    condition = AllOf((left, right))

    once, per_rep = split(condition)

    assert evaluate(all_of(once, per_rep), bound) is evaluate(condition, bound)
