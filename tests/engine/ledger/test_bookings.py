"""Voids, refunds, claims, departures: exact to the micro-point, and said in postings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.facts import POINT
from evenhand.engine.ledger import bookings
from evenhand.engine.ledger.book import Book
from evenhand.engine.ledger.bookings import Act, CannotBook, Posting
from tests.engine.ledger.dealing import GRADES, Lead, deal

PEOPLE = ("ana", "ben", "cai", "dan")
EQUAL = dict.fromkeys(PEOPLE, 100)

weight_maps = st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 300), min_size=1)
leads = st.builds(Lead, st.sampled_from(GRADES), st.sampled_from((1, 2, 3, 5, 8)), weight_maps)


def book_with(stream: list[Lead]) -> Book:
    book = Book(GRADES, PEOPLE)
    for number, lead in enumerate(stream):
        deal(book, lead, tau=8 * POINT, item_id=f"before-{number}")
    return book


def state(book: Book) -> tuple[list[list[int]], list[int]]:
    return book.balance.tolist(), book.last.tolist()


@given(st.lists(leads, max_size=20), leads)
def test_void_is_an_exact_inverse_of_dealing(stream: list[Lead], lead: Lead) -> None:
    book = book_with(stream)
    before = state(book)

    posting = deal(book, lead, item_id="junk")
    bookings.void(book, [posting], EQUAL)

    assert state(book) == before


@given(st.lists(leads, max_size=20), leads, st.sampled_from(PEOPLE), st.integers(0, 100))
def test_void_after_a_transfer_restores_the_books_exactly(
    stream: list[Lead], lead: Lead, new_owner: str, rate: int
) -> None:
    book = book_with(stream)
    before = book.balance.tolist()
    dealt = deal(book, lead, item_id="junk")

    refunded = bookings.refund(book, dealt, EQUAL, rate_percent=rate)
    charged = bookings.charge(
        book,
        new_owner,
        row=dealt.row,
        points=dealt.points,
        weights=dict(lead.weights),
        item_id="junk",
    )
    bookings.void(book, [dealt, refunded, charged], EQUAL)

    assert book.balance.tolist() == before


@given(st.lists(leads, max_size=20), leads, leads)
def test_void_leaves_the_waiting_order_alone_if_something_was_taken_since(
    stream: list[Lead], lead: Lead, later: Lead
) -> None:
    book = book_with(stream)
    posting = deal(book, lead, item_id="junk")
    charged = bookings.charge(
        book, posting.taker, row=0, points=POINT, weights=EQUAL, item_id="later"
    )

    bookings.void(book, [posting], EQUAL)

    assert int(book.last[book.position(posting.taker)]) == charged.sequence


@given(st.lists(leads, min_size=1, max_size=20), st.sampled_from(PEOPLE))
def test_a_departure_leaves_every_grade_at_zero_and_widens_the_bound_by_what_it_moved(
    stream: list[Lead], who: str
) -> None:
    book = book_with(stream)
    owed, shift = int(book.owed[book.position(who)]), book.shift

    bookings.depart(book, who, EQUAL)

    assert not book.balance.sum(axis=1).any()
    assert book.shift == shift + abs(owed)
    assert not book.has(who)
    assert who in book.ever


@given(st.lists(leads, max_size=20), leads, st.sampled_from(PEOPLE))
def test_void_after_a_departure_still_leaves_every_grade_at_zero(
    stream: list[Lead], lead: Lead, who: str
) -> None:
    book = book_with(stream)
    posting = deal(book, lead, item_id="junk")
    bookings.depart(book, who, EQUAL)

    bookings.void(book, [posting], EQUAL)

    assert not book.balance.sum(axis=1).any()
    assert book.is_sound()


def test_a_refund_takes_back_from_the_credited_by_their_shares_not_from_the_new_owner() -> None:
    book = Book(GRADES, PEOPLE)
    dealt = deal(book, Lead("A", 8, {"ana": 300, "ben": 100}), item_id="L1")
    owed_before = {who: int(book.owed[book.position(who)]) for who in PEOPLE}

    refund = bookings.refund(book, dealt, EQUAL, rate_percent=100)

    assert dict(refund.moves) == {
        "ana": -6 * POINT + (8 * POINT if dealt.taker == "ana" else 0),
        "ben": -2 * POINT + (8 * POINT if dealt.taker == "ben" else 0),
    }
    assert {who: int(book.owed[book.position(who)]) for who in PEOPLE} != owed_before
    assert not book.owed.any()


def test_a_refund_of_nothing_moves_nothing() -> None:
    book = Book(GRADES, PEOPLE)
    dealt = deal(book, Lead("A", 8, EQUAL), item_id="L1")
    before = state(book)

    refund = bookings.refund(book, dealt, EQUAL, rate_percent=0)

    assert refund.moves == ()
    assert state(book) == before


def test_a_claim_is_refused_to_whoever_is_too_far_ahead_and_nothing_moves() -> None:
    book = Book(GRADES, PEOPLE)
    bookings.charge(book, "ana", row=0, points=12 * POINT, weights=EQUAL)
    before = state(book)

    with pytest.raises(CannotBook) as refused:
        bookings.claim(
            book,
            "ana",
            row=0,
            points=POINT,
            weights=EQUAL,
            least_owed=-8 * POINT,
            most_owed=40 * POINT,
        )

    assert refused.value.code == "book.too_far_ahead"
    assert refused.value.params == {"person": "ana", "owed": -9 * POINT, "least": -8 * POINT}
    assert state(book) == before


def test_a_claim_from_outside_joins_at_zero_and_pays() -> None:
    book = Book(GRADES, PEOPLE)

    bookings.claim(
        book,
        "eve",
        row=1,
        points=4 * POINT,
        weights=EQUAL,
        least_owed=-8 * POINT,
        most_owed=40 * POINT,
    )

    assert int(book.owed[book.position("eve")]) == -4 * POINT
    assert [int(book.owed[book.position(who)]) for who in PEOPLE] == [POINT] * 4
    assert book.guests == {"eve"}


def test_what_nobody_should_be_owed_is_spread_over_all() -> None:
    book = Book(GRADES, PEOPLE)
    for number in range(3):
        bookings.claim(
            book,
            "ana",
            row=0,
            points=8 * POINT,
            weights={"ben": 100},
            item_id=str(number),
            least_owed=-100 * POINT,
            most_owed=10 * POINT,
        )

    assert int(book.owed[book.position("ben")]) == 10 * POINT
    assert not book.balance.sum(axis=1).any()
    assert book.is_sound()


def test_an_upheld_appeal_is_made_up_by_all_members() -> None:
    book = Book(GRADES, PEOPLE)

    posting = bookings.credit(book, "cai", row=2, points=4 * POINT, weights=EQUAL)

    assert posting.act is Act.CREDITED
    assert int(book.owed[book.position("cai")]) == 3 * POINT
    assert not book.owed.sum()


def test_weights_all_zero_still_spread_a_departure_instead_of_losing_it() -> None:
    book = Book(GRADES, PEOPLE)
    bookings.charge(book, "ana", row=0, points=8 * POINT, weights=EQUAL)

    bookings.depart(book, "ana", dict.fromkeys(PEOPLE, 0))

    assert not book.owed.any()


def test_somebody_who_is_not_a_member_cannot_depart_or_be_credited() -> None:
    book = Book(GRADES, PEOPLE)

    for act in (
        lambda: bookings.depart(book, "zoe", EQUAL),
        lambda: bookings.credit(book, "zoe", row=0, points=POINT, weights=EQUAL),
    ):
        with pytest.raises(CannotBook, match=r"book\.not_a_member: person = zoe"):
            act()


def test_a_guest_who_joins_the_group_becomes_a_member_with_his_balance() -> None:
    book = Book(GRADES, PEOPLE)
    bookings.charge(book, "eve", row=0, points=POINT, weights=EQUAL)

    bookings.join(book, "eve")

    assert book.guests == set()
    assert int(book.owed[book.position("eve")]) == -POINT


@given(leads)
def test_a_posting_survives_storing(lead: Lead) -> None:
    book = Book(GRADES, PEOPLE)
    posting = deal(book, lead, item_id="线索1")

    assert Posting.from_json(posting.as_json()) == posting
