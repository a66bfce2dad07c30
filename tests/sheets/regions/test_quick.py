"""Regions of leads as they come in: what is written, else what numbers say; never a guess."""

import os
from pathlib import Path

import pytest

from evenhand.sheets.regions.load import Kept
from evenhand.sheets.regions.own_file import UnreadableRegions
from evenhand.sheets.regions.quick import Located, Locator
from evenhand.sheets.regions.resolver import Resolver

BEIJING = "13800138000"


@pytest.fixture(scope="module")
def locator(resolver: Resolver) -> Locator:
    return Locator(resolver)


@pytest.mark.parametrize(
    ("given", "region", "confidence"),
    [
        ({"written": "浙江省/杭州市"}, "浙江省/杭州市", "sure"),
        ({"written": "杭州余杭"}, "浙江省/杭州市/余杭区", "sure"),
        ({"written": "浙江省杭州市余杭区文一西路969号"}, "浙江省/杭州市/余杭区", "sure"),
        ({"written": "中国/浙江省/杭州市"}, "浙江省/杭州市", "sure"),
        ({"written": "襄樊"}, "湖北省/襄阳市", "sure"),
        ({"phone": BEIJING}, "北京市", "likely"),
        ({"phone": "057186431234"}, "浙江省/杭州市", "likely"),
        ({"phone": "+14155550100"}, "US/California", "likely"),
        ({"postcode": "310000"}, "浙江省/杭州市", "likely"),
        ({"address": "杭州市西湖区文三路1号", "phone": BEIJING}, "浙江省/杭州市/西湖区", "likely"),
        # A number picks among what the writing leaves open, and never moves it.
        ({"written": "朝阳区", "phone": BEIJING}, "北京市/朝阳区", "likely"),
        ({"written": "杭州", "phone": BEIJING}, "浙江省/杭州市", "likely"),
        # Same names are not guessed: rules see what was said.
        ({"written": "朝阳区"}, "朝阳区", "ambiguous"),
        ({"written": "浙江 广东"}, "浙江/广东", "ambiguous"),
        # An area of the company's own stays as it is, whatever the phone says.
        ({"written": "华东", "phone": BEIJING}, "华东", "unknown"),
        ({"written": "East", "phone": BEIJING}, "East", "unknown"),
        ({"written": "华北区"}, "华北区", "unknown"),
        ({"written": "销售南区"}, "销售南区", "unknown"),
        ({"written": "华东-浙江"}, "浙江省", "sure"),
        # What says nothing leaves the phone its word.
        ({"written": "不限", "phone": BEIJING}, "北京市", "likely"),
        ({"written": "-", "phone": BEIJING}, "北京市", "likely"),
        ({"written": "US/California"}, "US/California", "sure"),
        ({"written": "California", "country": "US"}, "US/California", "sure"),
        ({"written": ""}, "", ""),
        ({"written": "", "phone": "138****8000"}, "", ""),
    ],
)
def test_a_lead_is_where_it_says_else_where_its_numbers_say(
    locator: Locator, given: dict[str, str], region: str, confidence: str
) -> None:
    found = locator.locate(**{"written": "", **given})

    assert (found.region, found.confidence) == (region, confidence)


def test_two_phones_of_one_place_are_worked_out_once_and_each_keeps_its_own_evidence(
    locator: Locator,
) -> None:
    one, other = locator.locate("", "13800138000"), locator.locate("", "13800108000")

    assert one.region == other.region == "北京市"
    assert '"prefix":"1380013"' in one.evidence
    assert '"prefix":"1380010"' in other.evidence
    assert locator.locate("浙江省") == Located("浙江省", "sure")  # as written: nothing to prove


def test_a_server_takes_a_changed_file_anew_and_a_spoilt_one_not_at_all(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    before = kept.current()
    assert "未来科技城" not in before.atlas.names

    file = tmp_path / "regions.csv"
    file.write_text("code,name,aliases\n330110,,未来科技城\n", encoding="utf-8")
    changed = kept.current()
    assert Locator(changed).locate("杭州未来科技城").region == "浙江省/杭州市/余杭区"
    assert kept.current() is changed

    file.write_text("code,name\nnonsense,未来区\n", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert kept.current() is changed
    assert isinstance(kept.error, UnreadableRegions)

    file.unlink()
    assert kept.current() is before
    assert kept.error is None
