"""The checker of histories, on histories made by hand: good ones pass, bad ones are found."""

import pytest

from tests.server.races.histories import (
    MERGED,
    POOL,
    REFUSED,
    UNKNOWN,
    Told,
    anomalies,
    with_rep,
)


def told(act: str, began: float, ended: float, **more: object) -> Told:
    """An act on lead 1."""
    return Told(1, act, began, ended, **more)  # type: ignore[arg-type]


def is_good(*acts: Told, first: str = POOL) -> bool:
    return anomalies(acts, first) == []


def test_acts_one_after_the_other_are_good() -> None:
    assert is_good(
        told("claim", 0, 1, rep=5),
        told("transfer", 2, 3, rep=6),
        told("give back", 4, 5, rep=6),
        told("assign", 6, 7, rep=7),
        told("put in", 8, 9),
        told("look", 10, 11, now=POOL),
    )


def test_acts_at_the_same_time_may_have_come_in_either_order() -> None:
    give, claim = told("give back", 0, 10, rep=5), told("claim", 1, 9, rep=6)

    assert is_good(give, claim, told("look", 11, 12, now=with_rep(6)), first=with_rep(5))
    assert not is_good(give, claim, told("look", 11, 12, now=POOL), first=with_rep(5))


def test_what_was_answered_before_another_was_called_came_before_it() -> None:
    claim, give = told("claim", 0, 1, rep=6), told("give back", 2, 3, rep=5)

    assert not is_good(claim, give, first=with_rep(5))


def test_two_owners_at_once_are_found() -> None:
    both = (told("claim", 0, 10, rep=5), told("claim", 1, 9, rep=6))

    assert not is_good(*both)
    assert is_good(both[0], told("claim", 1, 9, rep=6, outcome=REFUSED, code="claim.gone"))


def test_an_act_that_was_lost_is_found() -> None:
    assert not is_good(told("claim", 0, 1, rep=5), told("look", 2, 3, now=POOL))


def test_a_look_at_what_was_long_ago_is_found() -> None:
    assert not is_good(
        told("claim", 0, 1, rep=5),
        told("transfer", 2, 3, rep=6),
        told("look", 4, 5, now=with_rep(5)),
    )


@pytest.mark.parametrize(
    ("code", "first", "is_true"),
    [
        ("claim.gone", with_rep(5), True),
        ("claim.gone", POOL, False),
        ("act.not_free", with_rep(5), True),
        ("act.not_free", POOL, False),
        ("act.not_yours", with_rep(6), True),
        ("act.not_yours", with_rep(5), False),
        ("edit.not_owned", POOL, True),
        ("edit.not_owned", with_rep(5), False),
        ("edit.already_owned", with_rep(5), True),
        ("edit.already_owned", POOL, False),
        ("pool.there_already", POOL, True),
        ("pool.there_already", MERGED, False),
        ("claim.limit", POOL, True),
    ],
)
def test_a_refusal_is_true_at_some_moment(code: str, first: str, is_true: bool) -> None:
    refused = told("claim", 0, 1, rep=5, outcome=REFUSED, code=code)

    assert is_good(refused, first=first) == is_true


def test_what_was_lost_may_have_happened_then_later_or_never() -> None:
    lost = told("claim", 0, 1, rep=5, outcome=UNKNOWN)

    assert is_good(lost, told("look", 2, 3, now=POOL))
    assert is_good(lost, told("look", 2, 3, now=with_rep(5)))
    assert is_good(lost, told("look", 2, 3, now=POOL), told("look", 4, 5, now=with_rep(5)))
    assert not is_good(lost, told("look", 2, 3, now=with_rep(6)))
    # It happens once.
    assert not is_good(lost, told("look", 2, 3, now=with_rep(5)), told("look", 4, 5, now=POOL))


def test_a_merge_says_where_both_were() -> None:
    merge = told("merge", 2, 3, was=with_rep(5), now=MERGED)

    assert is_good(told("claim", 0, 1, rep=5), merge, told("look", 4, 5, now=MERGED))
    assert not is_good(merge)
    assert not is_good(told("claim", 0, 1, rep=5), merge, told("transfer", 4, 5, rep=6))


def test_a_sweep_may_have_taken_it_and_need_not() -> None:
    swept = told("recycle", 2, 3)

    for now, is_possible in ((POOL, True), (with_rep(5), True), (with_rep(6), False)):
        look = told("look", 4, 5, now=now)
        assert is_good(told("claim", 0, 1, rep=5), swept, look) == is_possible


def test_many_acts_at_once_are_judged_without_trying_every_order() -> None:
    turns = [
        act
        for k in range(40)
        for act in (
            told("claim", 4 * k, 4 * k + 6, rep=k),
            told("give back", 4 * k + 1, 4 * k + 7, rep=k),
        )
    ]

    assert is_good(*turns)
    assert not is_good(*turns, told("look", 200, 201, now=with_rep(3)))


def test_leads_are_judged_each_by_itself() -> None:
    other = Told(2, "claim", 0, 1, rep=5)

    (found,) = anomalies([told("claim", 0, 1, rep=5), other], {1: POOL, 2: MERGED})

    assert found.lead == 2 and found.acts == (other,)
