"""Names of firms: what is the name in it, and which two names are one firm's."""

import pytest

from evenhand.leads.likeness import ASKED_FROM, certainty, parts_of

PARTS = [
    ("深圳市大疆创新科技有限公司", "大疆创新", ("科技",)),
    ("大疆创新", "大疆创新", ()),
    ("平安科技（深圳）有限公司", "平安", ("科技",)),
    ("中国平安保险（集团）股份有限公司", "平安", ("保险", "集团")),
    ("深圳市科技有限公司", "深圳市", ("科技",)),
    ("华为技术有限公司北京分公司", "华为", ("技术",)),
    ("杭州余杭区幸福食品厂", "幸福食品厂", ()),
    ("ACME Software Solutions, Inc.", "acme", ("software", "solutions")),
    ("The Solutions Group", "solutionsgroup", ()),
]
# In percent: at least, at most.
PAIRS = [
    ("深圳市大疆创新科技有限公司", "大疆创新科技有限公司", 98, 100),
    ("大疆创新科技（深圳）有限公司", "深圳市大疆创新科技有限公司", 98, 100),
    ("广东大疆创新科技有限公司", "深圳市大疆创新科技有限公司", 98, 100),  # 深圳 lies in 广东
    ("大疆創新科技有限公司", "大疆创新科技公司", 98, 100),
    ("大疆创新", "大疆创新科技有限公司", ASKED_FROM, 97),
    ("上海华为有限公司", "华为有限公司", ASKED_FROM, 97),  # too short to be certain
    ("华为技术有限公司", "华为技术有限公司北京分公司", ASKED_FROM, 97),
    ("Acme Software Inc.", "Acme Software Solutions Ltd", ASKED_FROM, 97),
    # Two places, two trades, two names: two firms.
    ("大疆创新科技（深圳）有限公司", "大疆创新科技（北京）有限公司", 0, 0),
    ("小米科技有限公司", "小米贸易有限公司", 0, 0),
    ("北京科技有限公司", "北京贸易有限公司", 0, 0),
    ("深圳市科技有限公司", "广州市科技有限公司", 0, 0),
    ("大疆创新科技有限公司", "大江创新科技有限公司", 0, 0),
]


@pytest.mark.parametrize(("name", "core", "trades"), PARTS)
def test_a_name_is_taken_apart(name: str, core: str, trades: tuple[str, ...]) -> None:
    found = parts_of(name)

    assert (found.core, found.trades) == (core, trades)


@pytest.mark.parametrize(("one", "other", "least", "most"), PAIRS)
def test_two_names_are_one_firm_s_only_where_nothing_contradicts(
    one: str, other: str, least: int, most: int
) -> None:
    first, second = parts_of(one), parts_of(other)

    assert least <= certainty(first, second) <= most
    assert certainty(second, first) == certainty(first, second)
    assert parts_of(first.core).core == first.core


def test_the_same_domain_settles_doubt_but_no_contradiction() -> None:
    short, long = parts_of("大疆创新"), parts_of("大疆创新科技有限公司")
    assert certainty(short, long, same_domain=True) == 99

    north = parts_of("大疆创新（北京）有限公司")
    assert certainty(north, parts_of("大疆创新（深圳）有限公司"), same_domain=True) == 0
