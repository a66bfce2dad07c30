"""The band that the ledger lays on a plan."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import Band, entitlements, ledger_bands


def test_the_band_is_what_is_owed_plus_the_entitlement_give_or_take_the_slack() -> None:
    bands = ledger_bands([3 * POINT, -2 * POINT], [10 * POINT, 10 * POINT], 1 * POINT)

    assert bands == (Band(12 * POINT, 14 * POINT), Band(7 * POINT, 9 * POINT))


def test_whoever_is_far_ahead_need_not_receive_anything() -> None:
    assert ledger_bands([-30], [10], 5) == (Band(0, 0),)
    assert ledger_bands([-12], [10], 5) == (Band(0, 3),)


def test_in_items_the_band_keeps_inside_the_points() -> None:
    assert ledger_bands([0], [25], 8, unit=5) == (Band(4, 6),)


def test_a_band_without_a_whole_item_inside_does_not_cross() -> None:
    assert ledger_bands([0], [7], 1, unit=5) == (Band(1, 1),)


def test_an_item_is_shared_by_weight_among_those_who_may_have_it() -> None:
    shares = entitlements([6, 4], [[0, 1], [1, 2]], [100, 200, 200])

    assert shares == (2, 4 + 2, 2)


def test_the_remainder_goes_one_each_in_the_order_of_the_reps() -> None:
    assert entitlements([11], [[2, 0, 1]], [1, 1, 1]) == (4, 4, 3)


def test_nobody_is_entitled_to_what_nobody_with_a_weight_may_have() -> None:
    assert entitlements([5, 5], [[], [1]], [100, 0]) == (0, 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 8 * POINT), st.sets(st.integers(0, 4), min_size=1)), max_size=20
    ),
    st.lists(st.integers(1, 300), min_size=5, max_size=5),
)
def test_entitlements_add_up_to_the_points_of_the_backlog(
    items: list[tuple[int, set[int]]], weights: list[int]
) -> None:
    points = [size for size, _ in items]

    shares = entitlements(points, [sorted(reps) for _, reps in items], weights)

    assert sum(shares) == sum(points)
    assert min(shares) >= 0
