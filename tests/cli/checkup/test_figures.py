"""Figures as people read them, in three languages."""

import pytest

from evenhand.cli.checkup.figures import Figures
from evenhand.engine.checkup.estimates import Estimate
from evenhand.engine.checkup.findings import Duration, Names, Percent, Times
from evenhand.engine.checkup.received import OTHER_SOURCES
from evenhand.wording.catalogue import LOCALES, Words

ZH = Figures(Words("zh-Hans"))
EN = Figures(Words("en"))


@pytest.mark.parametrize(
    ("share", "shown"), [(0.17, "17.0%"), (0, "0.0%"), (0.0001, "<0.1%"), (1, "100.0%")]
)
def test_shares_are_per_cent_and_tiny_ones_are_not_zero(share: float, shown: str) -> None:
    assert EN.percent(share) == shown


def test_a_share_carries_its_interval() -> None:
    assert EN.share(Estimate(0.17, 0.158, 0.181)) == "17.0% (15.8 – 18.1%)"


@pytest.mark.parametrize(
    ("micro_points", "shown"),
    [(8_000_000, "8"), (731_074_204, "731.1"), (1_576_300_000, "1,576.3"), (0, "0"), (2.04e6, "2")],
)
def test_points_have_at_most_one_decimal(micro_points: float, shown: str) -> None:
    assert EN.points(micro_points) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1576.3, "+1,576"), (-28.4, "\N{MINUS SIGN}28"), (0.2, "0"), (-0.4, "0")],
)
def test_differences_have_a_sign_unless_they_are_none(value: float, shown: str) -> None:
    assert EN.signed(value) == shown


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (90, "2 分钟", "2 min"),
        (2.5 * 3600, "2.5 小时", "2.5 h"),
        (30 * 3600, "30 小时", "30 h"),
        (3 * 86400, "3 天", "3 days"),
        (45.4 * 86400, "45 天", "45 days"),
        (None, "未达到", "not reached"),
    ],
)
def test_durations_choose_their_unit(seconds: float | None, zh: str, en: str) -> None:
    assert ZH.duration(seconds) == zh
    assert EN.duration(seconds) == en


def test_whole_days_are_never_shown_as_minutes() -> None:
    show = Figures(Words("en"), is_to_the_day=True)

    assert show.duration(0) == "0 days"
    assert show.duration(86400) == "1 day"


def test_a_wait_without_upper_limit_says_so() -> None:
    assert EN.wait(Duration(7200, 5400, None)) == "2 h (≥ 1.5 h)"
    assert EN.wait(Duration(7200, 5400, 9000)) == "2 h (1.5 h – 2.5 h)"
    assert EN.wait(Duration(None, 5400, None)) == "not reached"


def test_a_few_names_are_listed_and_many_are_counted() -> None:
    assert ZH.names(["甲", "乙"]) == "甲、乙"
    assert ZH.names(list("甲乙丙丁戊己")) == "甲、乙、丙、丁 等 6 人"
    assert EN.names(list("abcdef")) == "a, b, c, d and 2 more"


def test_what_has_no_name_gets_one() -> None:
    assert EN.grade("") == "no grade"
    assert EN.grade("A") == "A"
    assert EN.source("") == "source not filled in"
    assert EN.source(OTHER_SOURCES) == "other sources"


def test_every_kind_of_figure_has_words() -> None:
    assert EN.figure(Percent(Estimate(0.5, 0.4, 0.6))) == "50.0% (40.0 – 60.0%)"
    assert EN.figure(Times(Estimate(0.66, 0.64, 0.68))) == "66 (64 – 68)"
    assert EN.figure(Duration(None, None, None)) == "not reached"
    assert EN.figure(Names(("a",))) == "a"
    assert EN.figure(7) == 7
    assert EN.figure("web") == "web"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_change_shows_both_ends_with_their_signs(locale: str) -> None:
    shown = Figures(Words(locale)).change(Estimate(8, -1, 16))

    assert "+8" in shown
    assert "\N{MINUS SIGN}1" in shown
    assert "+16" in shown
