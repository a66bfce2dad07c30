"""Regions as paths from large to small."""

import pytest

from evenhand.engine.facts import Regions
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.regions import (
    AREAS,
    PROVINCES,
    is_area,
    is_certain_region,
    joined_region,
    parse_region,
    parse_regions,
    region_aliases,
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("浙江省/杭州市/余杭区", "浙江省/杭州市/余杭区"),
        ("浙江省杭州市余杭区", "浙江省/杭州市/余杭区"),
        ("湖北省-武汉市-洪山区", "湖北省/武汉市/洪山区"),
        ("湖北省-武汉市-", "湖北省/武汉市"),
        ("广东 深圳", "广东/深圳"),
        ("浙江省 > 杭州市", "浙江省/杭州市"),
        ("新疆维吾尔自治区乌鲁木齐市天山区", "新疆维吾尔自治区/乌鲁木齐市/天山区"),
        ("上海市浦东新区", "上海市/浦东新区"),
        ("华东", "华东"),
        ("Boston, MA", "Boston, MA"),
        ("North-East", "North-East"),
        ("USA / Massachusetts", "USA/Massachusetts"),
        ("上海市/上海市/浦东新区", "上海市/浦东新区"),
    ],
)
def test_a_region_becomes_a_path(written: str, path: str) -> None:
    assert parse_region(written) == path


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("华东、华南", ("华东", "华南")),
        ("华东/华南", ("华东", "华南")),
        ("浙江 江苏", ("浙江", "江苏")),
        ("广东省/深圳市;浙江", ("广东省/深圳市", "浙江")),
        ("East, West", ("East", "West")),
        ("华东、华东", ("华东",)),
    ],
)
def test_regions_that_a_person_covers(written: str, paths: tuple[str, ...]) -> None:
    assert parse_regions(written) == paths


def test_blank_regions_are_nothing_and_errors_are_problems() -> None:
    assert parse_region("") is None
    assert parse_regions("、") is None
    assert isinstance(parse_region("#REF!"), Problem)


def test_parts_are_joined_without_gaps_and_repeats() -> None:
    assert joined_region(["浙江省", "", "余杭区"]) == "浙江省/余杭区"
    assert joined_region(["上海市", "上海市", "浦东新区"]) == "上海市/浦东新区"
    assert joined_region([None, ""]) is None


@pytest.mark.parametrize("cell", ["浙江", "浙江省", "广东省深圳市", "华东", "臺灣", "西北"])
def test_a_province_or_area_is_known_without_a_heading(cell: str) -> None:
    assert is_certain_region(cell)


@pytest.mark.parametrize("cell", ["张三", "杭州示例公司", "East", "", 12])
def test_other_words_are_no_sign_of_a_region(cell: object) -> None:
    assert not is_certain_region(cell)  # type: ignore[arg-type]


def test_areas_are_known_with_their_usual_endings() -> None:
    assert is_area("华东") and is_area("华东区") and is_area("华东大区")
    assert not is_area("浙江省")


def test_every_province_lies_in_one_area_at_most() -> None:
    named = [province for provinces in AREAS.values() for province in provinces]

    assert len(named) == len(set(named)) == 31
    assert set(named) <= set(PROVINCES.values())


def test_short_names_are_aliases_where_only_one_is_meant() -> None:
    aliases = region_aliases(["浙江省/杭州市", "吉林省/吉林市", "朝阳区", "朝阳市"])

    assert aliases["杭州"] == "杭州市"
    assert aliases["浙江"] == "浙江省"
    assert aliases["吉林"] == "吉林省"
    assert "朝阳" not in aliases


def test_aliases_serve_the_regions_of_the_engine() -> None:
    regions = Regions(aliases=region_aliases(["浙江省/杭州市/余杭区"]))

    assert regions.within("浙江省/杭州市/余杭区", "浙江")
    assert regions.within("浙江省/杭州市/余杭区", "杭州")
    assert not regions.within("浙江省/杭州市/余杭区", "江苏")
