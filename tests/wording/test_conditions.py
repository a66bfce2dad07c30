"""Conditions of rules read as sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.conditions import Condition, parse
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.conditions import condition_words
from tests.engine.conditions.strategies import conditions

RULES = {
    "lead.source in (官网, 展会) and lead.budget >= 500000": (
        "线索来源是 官网、展会 之一，并且预算不小于 500,000",
        "lead source is one of 官网, 展会, and budget is at least 500,000",
    ),
    "lead.region is within 华东 or (lead.industry = 汽车 and lead.size is empty)": (
        "线索地区属于 华东，或者（线索行业是 汽车，并且客户规模未填）",
        "lead region is within 华东, or (lead industry is 汽车, and customer size is empty)",
    ),
    "not lead.source in (a, b)": (
        "线索来源不是 a、b 中的任何一个",
        "lead source is none of a, b",
    ),
    "not (lead.source = a or lead.source = b)": (
        "不符合（线索来源是 a，或者线索来源是 b）",
        "not (lead source is a, or lead source is b)",
    ),
    "lead.created_at within last 7d": (
        "创建时间在最近 7 天内",
        "time of creation is within the last 7 days",
    ),
    "company.is_key_account = true": ("大客户为“是”", "key account is yes"),
    "now.weekday in (6, 7)": ("星期是 周六、周日 之一", "weekday is one of Saturday, Sunday"),
    "true": ("总是", "always"),
    "false": ("永不", "never"),
}


@pytest.mark.parametrize("written", RULES)
def test_a_rule_reads_as_somebody_would_say_it(written: str) -> None:
    chinese, english = RULES[written]

    assert condition_words(parse(written), Words("zh-Hans")) == chinese
    assert condition_words(parse(written), Words("en")) == english


def test_people_are_named() -> None:
    condition = parse('company.owner = "17"')

    assert condition_words(condition, Words("en"), {"17": "Ren"}) == "company owner is Ren"


@given(condition=conditions, locale=st.sampled_from(LOCALES))
def test_whatever_can_be_asked_can_be_said(condition: Condition, locale: str) -> None:
    said = condition_words(condition, Words(locale))

    assert said.strip()
