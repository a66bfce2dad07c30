"""Numbers are exact, times short, lists joined as each language does it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.wording import formats
from evenhand.wording.catalogue import LOCALES, Words


@given(st.integers(-(10**15), 10**15), st.sampled_from([2, 4, 6]))
def test_an_amount_keeps_its_exact_value(amount: int, decimals: int) -> None:
    shown = str(formats.decimal(amount, decimals)).replace(",", "")

    assert Decimal(shown) == Decimal(amount).scaleb(-decimals)
    assert "." not in shown or not shown.endswith("0")


@pytest.mark.parametrize(
    ("micro_points", "shown"),
    [(3_200_000, "3.2"), (3_000_000, 3), (-500_000, "-0.5"), (1, "0.000001"), (0, 0)],
)
def test_exact_points_have_no_trailing_zeros(micro_points: int, shown: int | str) -> None:
    assert formats.exact_points(micro_points) == shown


@pytest.mark.parametrize(
    ("micro_points", "shown"),
    [
        (2_666_667, "2.67"),
        (2_664_999, "2.66"),
        (-2_665_000, "-2.67"),
        (2_999_999, 3),
        (3_200_000, "3.2"),
        (0, 0),
        (1, "0.01"),
        (-1, "-0.01"),
    ],
)
def test_points_are_read_to_two_decimals_and_no_trace_is_lost(
    micro_points: int, shown: int | str
) -> None:
    assert formats.points(micro_points) == shown


def test_thousands_are_parted_in_fractions_too() -> None:
    assert formats.points(1_234_500_000) == "1,234.5"
    assert formats.signed(1_234_000_000, formats.POINT_DECIMALS) == "+1,234"


@pytest.mark.parametrize(
    ("amount", "shown"), [(200, "+2"), (-150, "-1.5"), (0, "0"), (-100_000, "-1,000")]
)
def test_a_change_has_its_sign(amount: int, shown: str) -> None:
    assert formats.signed(amount, formats.SCORE_DECIMALS) == shown


def test_millionths_are_percents() -> None:
    assert [formats.percent(n) for n in (1_000_000, 125_000, 1)] == [100, "12.5", "0.0001"]


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("zh-Hans", "2026-03-10 09:05"), ("zh-Hant", "2026/3/10 09:05"), ("en", "10 Mar 2026, 09:05")],
)
def test_a_time_is_shown_in_short_by_its_own_offset(locale: str, shown: str) -> None:
    assert formats.moment(locale, "2026-03-10T09:05:59+08:00") == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("zh-Hans", "2026-03-10"), ("zh-Hant", "2026/3/10"), ("en", "10 Mar 2026")],
)
def test_midnight_and_a_date_are_the_day_alone(locale: str, shown: str) -> None:
    assert formats.moment(locale, "2026-03-10T00:00:00+08:00") == shown
    assert formats.moment(locale, "2026-03-10") == shown


def test_seconds_are_shown_where_they_matter() -> None:
    shown = formats.moment("en", "2026-03-10T00:00:00+08:00", with_seconds=True)

    assert shown == "10 Mar 2026, 00:00:00"


def test_an_exclusive_end_at_midnight_is_the_day_before() -> None:
    assert formats.last_moment("zh-Hans", "2026-03-20T00:00:00+08:00") == "2026-03-19"
    assert formats.last_moment("zh-Hans", "2026-03-20T12:00:00+08:00") == "2026-03-20 12:00"
    assert formats.last_moment("zh-Hans", "0001-01-01T00:00:00+08:00") == "0001-01-01"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-10T09:00:00+08:00", "UTC+8"),
        ("2026-03-10T09:00:00-03:30", "UTC-3:30"),
        ("2026-03-10T09:00:00+00:00", "UTC"),
        ("2026-03-10T09:00:00", ""),
        ("2026-03-10", ""),
        ("soon", ""),
    ],
)
def test_an_offset_is_short(text: str, shown: str) -> None:
    assert formats.offset(text) == shown


@given(st.text(max_size=40), st.sampled_from(LOCALES))
def test_what_is_no_time_is_shown_as_it_came(text: str, locale: str) -> None:
    shown = formats.moment(locale, text)

    assert formats.read_moment(text) is not None or shown == formats.tidy(text)


def test_a_text_is_shown_on_one_line_and_not_endlessly() -> None:
    assert formats.tidy(" a\n\tb ") == "a b"
    assert formats.tidy("长" * 500) == "长" * formats.SHOWN_CHARACTERS + "…"


@pytest.mark.parametrize(
    ("locale", "shown"), [("zh-Hans", "甲、乙"), ("zh-Hant", "甲、乙"), ("en", "甲, 乙")]
)
def test_a_list_is_joined_as_the_language_does_it(locale: str, shown: str) -> None:
    assert formats.listed(Words(locale), ["甲", "乙"]) == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("zh-Hans", "a、b 等 5 项"), ("zh-Hant", "a、b 等 5 項"), ("en", "a, b and 3 more")],
)
def test_a_long_list_says_how_many_there_are(locale: str, shown: str) -> None:
    assert formats.listed(Words(locale), list("abcde"), most=2) == shown


@pytest.mark.parametrize(
    ("text", "simplified", "english"),
    [
        ("1d", "1 天", "1 day"),
        ("2wd", "2 个工作日", "2 working days"),
        ("30m", "30 分钟", "30 minutes"),
        ("1wh", "1 小时工作时间", "1 working hour"),
        ("90wm", "90 分钟工作时间", "90 working minutes"),
        ("4h", "4 小时", "4 hours"),
        ("1w", "1 周", "1 week"),
        ("soon", "soon", "soon"),
    ],
)
def test_a_duration_is_said_in_words(text: str, simplified: str, english: str) -> None:
    assert formats.span(Words("zh-Hans"), text) == simplified
    assert formats.span(Words("en"), text) == english
