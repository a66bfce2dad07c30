"""Days and hours inside sentences, as people of each language write them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from evenhand.people.countdown import Countdown
from evenhand.web.templatetags.moments import countdown_words
from evenhand.wording.catalogue import Words


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh-Hans", "2026-11-01 至 2026-11-30"),
        ("zh-Hant", "2026/11/1 至 2026/11/30"),
        ("en", "1 Nov 2026 to 30 Nov 2026"),
    ],
)
def test_a_day_in_a_sentence_is_written_as_the_reader_writes_it(locale: str, said: str) -> None:
    page = Template('{% load words %}{% say "web-fairness-days" first=first last=last %}')

    shown = page.render(
        Context(
            {"words": Words(locale), "first": date(2026, 11, 1), "last": date(2026, 11, 30)},
        )
    )

    assert shown.replace("\u2068", "").replace("\u2069", "") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (7_260, "还剩 2 小时 1 分工作时间"),
        (7_200, "还剩 2 小时工作时间"),
        (-7_230, "已过时限 2 小时工作时间"),
        (2_700, "还剩 45 分工作时间"),
        (59, "还剩不到 1 分工作时间"),
    ],
)
def test_a_countdown_of_whole_hours_says_no_minutes(seconds: int, said: str) -> None:
    due = datetime(2026, 11, 30, 9, tzinfo=UTC)

    assert countdown_words(Words("zh-Hans"), Countdown(due, seconds, True, None)) == said
