"""Bursts, copies and touches at the deadline stand out; ordinary days do not."""

from datetime import UTC, datetime, timedelta

from evenhand.engine.pool.section import SignTerms
from evenhand.engine.pool.touches import Limits, Logged, plain_words, signs

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def day(count: int, every: float, *, user: int = 1, note: str = "") -> list[Logged]:
    return [Logged(n, user, ("lead", n), at(n * every), note) for n in range(count)]


def test_many_items_within_minutes_are_one_burst_for_as_long_as_it_lasts() -> None:
    (sign,) = signs(day(30, 1))
    assert (sign.kind, len(sign.entries), sign.from_at, sign.until_at) == (
        "burst",
        30,
        at(0),
        at(29),
    )
    assert signs(day(30, 4)) == []
    # One item touched often is work, and two people are not one.
    assert signs([Logged(n, 1, ("lead", 1), at(n)) for n in range(20)]) == []
    assert signs(day(7, 1) + day(7, 1, user=2)) == []


def test_the_same_words_on_many_items_are_copies_however_they_are_dressed_up() -> None:
    notes = [
        "客户暂无采购计划",
        "客户暂无采购计划。",
        " 客户 暂无采购计划",
        "客户暂无采购计划!!",
        "客户暂无采购计划…",
    ]
    copied = [Logged(n, 1, ("lead", n), at(n * 60), note) for n, note in enumerate(notes)]
    (sign,) = signs(copied)
    assert (sign.kind, len(sign.items)) == ("copies", 5)
    assert signs(copied[:4]) == []
    assert signs(day(9, 60, note="未接")) == []
    assert plain_words("Ａbc， 1 ") == "abc1"


def test_one_sided_touches_just_before_the_deadline_stand_out_if_they_come_again() -> None:
    def late(n: int, left: float, *, is_two_way: bool = False) -> Logged:
        moment = at(n * 300)
        due = moment + timedelta(minutes=left)
        return Logged(n, 1, ("lead", n), moment, is_two_way=is_two_way, due_at=due)

    (sign,) = signs([late(1, 5), late(2, 60), late(3, 0)])
    assert (sign.kind, sign.items) == ("deadline", (("lead", 1), ("lead", 2), ("lead", 3)))
    assert signs([late(1, 5), late(2, 61), late(3, -1)]) == []
    assert signs([late(n, 5, is_two_way=True) for n in range(9)]) == []


def test_what_a_policy_leaves_out_is_as_usual() -> None:
    assert Limits.of(None) == Limits.of(SignTerms()) == Limits()
