"""How often names of firms are told right, on short names of real ones.

The figures stand in docs/algorithms/duplicates.md.
"""

import gzip
from pathlib import Path
from random import Random

from evenhand.leads.keys import company_key
from evenhand.leads.likeness import ASKED_FROM, certainty, parts_of

_SET = "cn_companies/company_short_names_280k.txt.gz"
_PLACES = ("深圳市", "杭州", "北京", "上海市", "成都市", "苏州", "武汉市")
_TRADES = ("科技", "贸易", "电子", "机械", "食品", "软件", "信息技术", "网络科技")
_FIRMS, _CERTAIN = 2_000, 98


def short_names(folder: Path) -> list[str]:
    with gzip.open(folder / _SET, "rt", encoding="utf-8") as file:
        names = dict.fromkeys(line.strip() for line in file)
    han = [one for one in names if all("\u4e00" <= letter <= "\u9fff" for letter in one)]
    return Random(5).sample([one for one in han if 2 <= len(one) <= 6], _FIRMS)


def test_one_firm_written_otherwise_is_found_and_two_firms_are_not_taken_for_one(
    shared_data: Path,
) -> None:
    chance = Random(7)
    found = asked = wrong = wrongly_asked = same = others = 0
    for name in short_names(shared_data):
        place, elsewhere = chance.sample(_PLACES, 2)
        trade, another = chance.sample(_TRADES, 2)
        home = f"{place}{name}{trade}有限公司"
        bare = place.removesuffix("市")
        for one in (
            f"{name}{trade}（{bare}）有限公司",
            f"{name}{trade}有限公司",
            f"{bare}{name}{trade}股份有限公司",
            name,
        ):
            close = certainty(parts_of(home), parts_of(one))
            is_found = close >= _CERTAIN or company_key(one) == company_key(home)
            same, found = same + 1, found + is_found
            asked += not is_found and close >= ASKED_FROM
        for one in (
            f"{elsewhere}{name}{trade}有限公司",
            f"{place}{name}{another}有限公司",
            f"{elsewhere}{name}{another}有限公司",
        ):
            close = certainty(parts_of(home), parts_of(one))
            others, wrong = others + 1, wrong + (close >= _CERTAIN)
            wrongly_asked += ASKED_FROM <= close < _CERTAIN
    assert found / (found + wrong) >= 0.99
    assert (found + asked) / same >= 0.99
    # A short name alone is never certain: what is found are the other three.
    assert found / (same * 3 / 4) >= 0.99
    assert wrongly_asked / others <= 0.01
