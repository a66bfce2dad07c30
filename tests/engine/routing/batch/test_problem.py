"""Problems check themselves, and their digest names them."""

import pytest

from evenhand.engine.routing.batch import (
    FlowClass,
    FlowProblem,
    FlowRep,
    GapItem,
    GapProblem,
    GapRep,
    UnusableProblem,
    digest,
    flow_classes,
)
from evenhand.engine.routing.batch.problem import LARGEST_NUMBER, load_step, reachable_band
from tests.engine.routing.batch.problems import flow, gap


def test_a_class_with_a_value_too_few_is_refused() -> None:
    with pytest.raises(UnusableProblem, match="class 1: 1 values for 2 reps"):
        flow([1, 1], [[1, 2], [3]], [1, 1])


def test_an_item_with_a_value_too_many_is_refused() -> None:
    with pytest.raises(UnusableProblem, match="item 0: 3 values for 2 reps"):
        gap([[1, 2, 3]], [1], [1, 1])


def test_a_negative_capacity_is_refused_with_the_rep_named() -> None:
    with pytest.raises(UnusableProblem, match="capacity of rep 1 is -1"):
        flow([1], [[1, 1]], [1, -1])


def test_a_negative_count_is_refused_with_the_class_named() -> None:
    with pytest.raises(UnusableProblem, match="count of class 0 is -2"):
        flow([-2], [[1]], [1])


def test_a_negative_size_is_refused_with_the_item_named() -> None:
    with pytest.raises(UnusableProblem, match="size of item 1 is -5"):
        gap([[1], [1]], [5, -5], [10])


def test_sizes_for_some_reps_only_are_refused() -> None:
    with pytest.raises(UnusableProblem, match="item 0: 1 sizes for 2 reps"):
        GapProblem((GapItem((1, 2), (1,)),), (GapRep(1), GapRep(1)))


def test_a_band_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(UnusableProblem, match="the band ends at 3, before it starts at 4"):
        GapProblem((), (GapRep(capacity=10, lower=4, upper=3),))


@pytest.mark.parametrize("value", [LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1])
def test_a_value_that_solvers_cannot_hold_is_refused(value: int) -> None:
    with pytest.raises(UnusableProblem, match="class 0: value"):
        flow([1], [[value]], [1])


def test_sums_beyond_64_bits_are_refused_with_the_remedy() -> None:
    with pytest.raises(UnusableProblem, match=r"the values of all items add up to .* coarser unit"):
        gap([[2**50]] * 2_000, [1] * 2_000, [9])
    with pytest.raises(UnusableProblem, match="the sizes of all items add up to"):
        gap([[None]] * 2_000, [2**50] * 2_000, [9])


def test_the_first_of_several_equal_items_is_the_one_named() -> None:
    with pytest.raises(UnusableProblem, match="item 1: value"):
        gap([[1], [2**60], [2**60]], [1, 1, 1], [9])


def test_the_digest_of_a_flow_problem_is_the_one_it_had_when_this_was_written() -> None:
    problem = flow([2, 3], [[5, None], [7, -1]], [4, 4], lowers=[0, 1])

    assert digest(problem) == "c6bd2493544faef7d31d731e6998f43d3e37ee8b7abe9793000f8e85e5c839c6"


def test_the_digest_of_a_gap_is_the_one_it_had_when_this_was_written() -> None:
    problem = GapProblem(
        (GapItem((5, None), 1_000_000), GapItem((7, -1), (3, 4))),
        (GapRep(9), GapRep(8, 1, 7)),
    )

    assert digest(problem) == "14c428123c1047fb08ca4271805def942c3ac809dcd5e3c0ac23016d88486294"


def test_equal_items_have_one_digest_whether_they_are_one_object_or_two() -> None:
    one = GapItem((1, 2), 3)
    shared = GapProblem((one, one), (GapRep(9), GapRep(9)))
    apart = GapProblem((GapItem((1, 2), 3), GapItem((1, 2), (3, 3))), (GapRep(9), GapRep(9)))

    assert digest(shared) == digest(apart)


def test_any_change_of_the_inputs_changes_the_digest() -> None:
    problems: list[FlowProblem | GapProblem] = [
        gap([[1, 2], [3, 4]], [5, 6], [7, 8]),
        gap([[1, 2], [3, 4]], [5, 6], [8, 7]),
        gap([[1, 2], [3, 4]], [6, 5], [7, 8]),
        gap([[1, 2], [3, None]], [5, 6], [7, 8]),
        gap([[3, 4], [1, 2]], [5, 6], [7, 8]),
        gap([[1, 2], [3, 4]], [5, 6], [7, 8], lowers=[0, 1]),
        GapProblem((GapItem((1, 2), 5), GapItem((3, 4), 6)), (GapRep(7, upper=7), GapRep(8))),
        flow([5, 6], [[1, 2], [3, 4]], [7, 8]),
    ]

    assert len({digest(problem) for problem in problems}) == len(problems)


def test_items_with_equal_values_become_one_class_in_the_order_of_their_first() -> None:
    classes, members = flow_classes([(1, None), (2, 3), (1, None), (2, 3), (1, None)])

    assert classes == (FlowClass(3, (1, None)), FlowClass(2, (2, 3)))
    assert members == ((0, 2, 4), (1, 3))


def test_no_items_make_no_classes() -> None:
    assert flow_classes([]) == ((), ())


def test_loads_go_in_steps_of_the_common_divisor_of_all_sizes() -> None:
    per_rep = GapProblem((GapItem((1, 1), (6, 10)), GapItem((1, 1), 4)), (GapRep(9), GapRep(9)))

    assert load_step(per_rep) == 2
    assert load_step(gap([[1]], [0], [9])) == 1


def test_the_reachable_band_lies_inside_the_band_where_a_step_does() -> None:
    assert reachable_band(GapRep(capacity=100, lower=11, upper=29), 10) == (20, 20)
    assert reachable_band(GapRep(capacity=25, lower=11, upper=90), 5) == (15, 25)


def test_a_rep_who_is_full_below_the_band_is_not_short() -> None:
    assert reachable_band(GapRep(capacity=14, lower=40, upper=50), 5) == (10, 10)


def test_a_problem_without_anybody_is_a_problem() -> None:
    assert FlowProblem((), ()) == FlowProblem((), ())
    assert FlowRep(1) == FlowRep(1, 0)
