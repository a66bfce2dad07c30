"""Regions in conditions: names with and without their rank, and same names in two places."""

import pytest

from evenhand.engine.conditions.regions import _Lineages
from evenhand.engine.facts import Regions

TREE = Regions(parents={"浙江": "江浙", "江苏省": "江浙"}, aliases={"江苏": "江苏省"})

WITHIN = [
    ("浙江省/杭州市/余杭区", "浙江", True),
    ("浙江省/杭州市/余杭区", "杭州", True),
    ("浙江省/杭州市/余杭区", "浙江省/杭州市", True),
    ("浙江省/杭州市/余杭区", "浙江/杭州", True),
    ("浙江省/杭州市", "江浙", True),  # the tree says 浙江, the lead 浙江省
    ("江苏省/南京市", "江浙", True),
    ("浙江省/杭州市", "余杭区", False),
    # A name with its rank is of that rank.
    ("吉林省/长春市", "吉林市", False),
    ("吉林省/长春市", "吉林", True),
    ("吉林省/吉林市", "吉林市", True),
    # The same name elsewhere is another place, once the path says where.
    ("吉林省/长春市/朝阳区", "北京市/朝阳区", False),
    ("北京市/朝阳区", "北京市/朝阳区", True),
    ("吉林省/长春市/朝阳区", "朝阳区", True),
    ("朝阳区", "北京市/朝阳区", True),
    ("吉林省/长春市/朝阳区/红旗街", "北京市/朝阳区", False),
    ("延边朝鲜族自治州", "延边", True),
    ("", "浙江", False),
    ("浙江省", " / ", False),
    ("US/California", "California", True),
]
SAME = [
    ("浙江省", "浙江", True),
    ("浙江", "浙江省", True),
    ("吉林省", "吉林市", False),
    ("北京市/朝阳区", "朝阳区", True),
    ("北京市/朝阳区", "吉林省/长春市/朝阳区", False),
    ("浙江省/杭州市", "浙江省", False),
    ("", "", False),
]


@pytest.mark.parametrize(("inner", "outer", "holds"), WITHIN)
def test_a_region_lies_in_what_its_path_and_the_tree_name(
    inner: str, outer: str, holds: bool
) -> None:
    assert _Lineages(TREE).is_within(inner, outer) is holds
    assert TREE.within(inner, outer) is holds


@pytest.mark.parametrize(("left", "right", "holds"), SAME)
def test_a_name_without_its_rank_is_the_same_place_and_another_rank_is_not(
    left: str, right: str, holds: bool
) -> None:
    assert _Lineages(TREE).is_same(left, right) is holds
