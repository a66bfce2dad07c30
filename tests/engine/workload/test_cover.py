"""The cheapest set of items that sheds enough: compared with trying every set."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.workload.cover import Piece, cheapest_cover

PIECES = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([1, 4, 6])), min_size=1, max_size=9
).map(lambda rows: [Piece(n, load, cost) for n, (load, cost) in enumerate(rows)])


def best_price(pieces: list[Piece], needed: int) -> tuple[int, int] | None:
    prices = [
        (sum(piece.cost for piece in some), len(some))
        for count in range(len(pieces) + 1)
        for some in combinations(pieces, count)
        if sum(piece.load for piece in some) >= needed
    ]
    return min(prices, default=None)


@given(pieces=PIECES, needed=st.integers(0, 60))
def test_a_cover_is_as_cheap_and_as_small_as_any(pieces: list[Piece], needed: int) -> None:
    cover = cheapest_cover(pieces, needed)

    if cover is None:
        assert best_price(pieces, needed) is None
    else:
        assert len({piece.number for piece in cover}) == len(cover)
        assert sum(piece.load for piece in cover) >= needed
        assert (sum(piece.cost for piece in cover), len(cover)) == best_price(pieces, needed)


def test_no_more_load_goes_than_need_be_at_the_same_price() -> None:
    pieces = [Piece(0, 9, 1), Piece(1, 5, 1), Piece(2, 4, 1), Piece(3, 1, 1)]

    assert cheapest_cover(pieces, 4) == [Piece(2, 4, 1)]
    assert cheapest_cover(pieces, 10) == [Piece(0, 9, 1), Piece(3, 1, 1)]


def test_nothing_needed_is_nothing_moved() -> None:
    assert cheapest_cover([Piece(0, 1, 1)], 0) == []
    assert cheapest_cover([], 1) is None
