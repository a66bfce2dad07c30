"""Where a region is easily guessed wrong: same names, short names, odd ranks, contradictions."""

import pytest

from evenhand.sheets.regions.hints import Confidence, Hints
from evenhand.sheets.regions.resolver import Resolver

SURE = [
    ("浙江省杭州市余杭区文一西路969号", "浙江省/杭州市/余杭区"),
    ("浙江杭州余杭五常街道", "浙江省/杭州市/余杭区"),
    ("广东省-深圳市-南山区", "广东省/深圳市/南山区"),
    ("公司地址：深圳市南山区科技园", "广东省/深圳市/南山区"),
    ("我在杭州滨江", "浙江省/杭州市/滨江区"),
    ("廣東省廣州市天河區", "广东省/广州市/天河区"),
    ("臺北市大安區和平東路", "台湾省/台北市"),
    ("九龍城區太子道西", "香港特别行政区/九龙城区"),
    ("北京市市辖区朝阳区", "北京市/朝阳区"),
    ("吉林朝阳", "吉林省/长春市/朝阳区"),
    ("吉林市", "吉林省/吉林市"),
    ("吉林", "吉林省"),
    ("吉林省吉林市船营区", "吉林省/吉林市/船营区"),
    ("河南南阳", "河南省/南阳市"),
    ("青海海南", "青海省/海南藏族自治州"),
    ("海南州共和县", "青海省/海南藏族自治州/共和县"),
    ("新疆巴州库尔勒", "新疆维吾尔自治区/巴音郭楞蒙古自治州/库尔勒市"),
    ("青岛市南区香港中路", "山东省/青岛市/市南区"),
    ("济南市中区", "山东省/济南市/市中区"),
    ("长沙长沙县", "湖南省/长沙市/长沙县"),
    ("南京鼓楼", "江苏省/南京市/鼓楼区"),
    # Directly under the province, without counties, and those of the 兵团.
    ("湖北省省直辖县级行政区划仙桃市", "湖北省/仙桃市"),
    ("仙桃", "湖北省/仙桃市"),
    ("河南济源", "河南省/济源市"),
    ("石河子", "新疆维吾尔自治区/石河子市"),
    ("广东东莞长安镇", "广东省/东莞市"),
    ("广东省中山市火炬开发区", "广东省/中山市"),
    ("海南儋州", "海南省/儋州市"),
    ("甘肃嘉峪关", "甘肃省/嘉峪关市"),
    ("神农架", "湖北省/神农架林区"),
    # A street bears the name of a city, and is none.
    ("上海市南京东路100号", "上海市"),
    ("上海南京路", "上海市"),
    ("南京市中山路1号", "江苏省/南京市"),
    ("沈阳市和平大街", "辽宁省/沈阳市"),
    ("沪", "上海市"),
    ("No. 969 West Wenyi Road, Yuhang District, Hangzhou, Zhejiang", "浙江省/杭州市/余杭区"),
    ("Chaoyang District, Beijing", "北京市/朝阳区"),
    ("Zhejiang Hangzhou", "浙江省/杭州市"),
    ("Xi'an, Shaanxi", "陕西省/西安市"),
    ("Taiyuan, Shanxi", "山西省/太原市"),
    ("Jilin City", "吉林省/吉林市"),
    ("Shanghai City", "上海市"),
    ("上海 南京路", "上海市"),
    ("Lüliang, Shanxi", "山西省/吕梁市"),
    ("河北唐山路南", "河北省/唐山市/路南区"),
    ("哈尔滨道里", "黑龙江省/哈尔滨市/道里区"),
    ("1 Main St, Austin, TX 78701", "US/Texas/787"),
]


@pytest.mark.parametrize(("address", "path"), SURE)
def test_an_address_is_resolved(resolver: Resolver, address: str, path: str) -> None:
    found = resolver.resolve(Hints(address=address))

    assert (found.path, found.confidence) == (path, Confidence.SURE)


@pytest.mark.parametrize(
    "address",
    ["鼓楼区", "朝阳区", "朝阳", "市中区", "城区", "Suzhou", "Taizhou", "Fuzhou", "通州区"],
)
def test_a_name_of_several_places_is_not_guessed(resolver: Resolver, address: str) -> None:
    found = resolver.resolve(Hints(address=address))

    assert found.confidence is Confidence.AMBIGUOUS
    assert found.path == ""
    assert len(found.candidates) >= 2
    assert "region.several" in [why.code for why in found.evidence]


@pytest.mark.parametrize(
    ("hints", "path"),
    [
        (Hints(address="鼓楼区中山路1号", phone="02512345678"), "江苏省/南京市/鼓楼区"),
        (Hints(address="鼓楼区中山路1号", phone="059112345678"), "福建省/福州市/鼓楼区"),
        (Hints(address="朝阳区建国路", postcode="100020"), "北京市/朝阳区"),
        (Hints(address="Suzhou", phone="051288888888"), "江苏省/苏州市"),
        (Hints(province="浙江", phone="057188888888"), "浙江省/杭州市"),
        (Hints(city="吉林", phone="043288888888"), "吉林省/吉林市"),
    ],
)
def test_a_number_decides_among_the_places_that_are_left(
    resolver: Resolver, hints: Hints, path: str
) -> None:
    found = resolver.resolve(hints)

    assert (found.path, found.confidence) == (path, Confidence.LIKELY)
    assert "region.number" in [why.code for why in found.evidence]


@pytest.mark.parametrize(
    ("hints", "path"),
    [
        (Hints(province="青海", city="海南"), "青海省/海南藏族自治州"),
        (Hints(province="海南", city="海口"), "海南省/海口市"),
        (Hints(province="北京", city="北京市", county="朝阳区"), "北京市/朝阳区"),
        (Hints(province="浙江", city="杭州", county="余杭"), "浙江省/杭州市/余杭区"),
        (Hints(province="沪", county="浦东"), "上海市/浦东新区"),
        (Hints(province="四川省", city="成都市", county="高新区"), "四川省/成都市"),
        (Hints(province="Jiangsu", city="Suzhou"), "江苏省/苏州市"),
        (Hints(country="中国", province="廣東", city="深圳"), "广东省/深圳市"),
        (Hints(country="台湾", city="台北"), "台湾省/台北市"),
        (Hints(country="HK"), "香港特别行政区"),
        (Hints(country="US", province="CA", postcode="94105"), "US/California/941"),
        (Hints(country="美国", province="加州"), "US/California"),
        (Hints(country="德国", province="Bayern"), "DE/Bayern"),
        (Hints(country="Japan"), "JP"),
    ],
)
def test_fields_are_read_together(resolver: Resolver, hints: Hints, path: str) -> None:
    found = resolver.resolve(hints)

    assert (found.path, found.confidence) == (path, Confidence.SURE)


@pytest.mark.parametrize(
    ("hints", "held_by"),
    [
        (Hints(province="江苏", city="杭州"), ""),
        (Hints(province="浙江", city="杭州", address="上海市浦东新区"), ""),
        (Hints(city="杭州", address="浙江省宁波市"), "浙江省"),
        (Hints(address="六安市深圳市"), ""),
        (Hints(region="北京 上海"), ""),
        (Hints(region="杭州、宁波"), "浙江省"),
        (Hints(country="US", address="浙江省杭州市"), ""),
    ],
)
def test_what_contradicts_is_said_and_not_decided(
    resolver: Resolver, hints: Hints, held_by: str
) -> None:
    found = resolver.resolve(hints)

    assert found.confidence is Confidence.AMBIGUOUS
    assert found.path == held_by
    assert "region.conflict" in [why.code for why in found.evidence]


def test_a_phone_from_elsewhere_is_said_and_does_not_move_an_address(resolver: Resolver) -> None:
    found = resolver.resolve(Hints(address="浙江省杭州市余杭区", phone="13800138000"))

    assert (found.path, found.confidence) == ("浙江省/杭州市/余杭区", Confidence.LIKELY)
    assert "region.number_elsewhere" in [why.code for why in found.evidence]
    assert "13800138000" not in str(found.evidence)


def test_a_short_name_is_read_by_custom_and_says_who_else_has_it(resolver: Resolver) -> None:
    found = resolver.resolve(Hints(address="中山"))

    assert (found.path, found.confidence) == ("广东省/中山市", Confidence.LIKELY)
    assert "region.by_custom" in [why.code for why in found.evidence]
    assert [place.path for place in found.candidates] == ["辽宁省/大连市/中山区"]


def test_a_district_named_in_passing_is_likely_and_its_city_sure(resolver: Resolver) -> None:
    found = resolver.resolve(Hints(address="杭州西湖文化广场"))

    assert (found.path, found.confidence) == ("浙江省/杭州市/西湖区", Confidence.LIKELY)
    assert found.sure.path == "浙江省/杭州市"


def test_an_area_code_of_several_cities_gives_what_holds_them(resolver: Resolver) -> None:
    found = resolver.resolve(Hints(phone="0898-88888888"))

    assert (found.path, found.confidence) == ("海南省", Confidence.AMBIGUOUS)
    assert {place.path for place in found.candidates} == {"海南省/海口市", "海南省/三亚市"}


@pytest.mark.parametrize(
    ("phone", "path"),
    [
        ("13800138000", "北京市"),
        ("+86 571 8888 8888", "浙江省/杭州市"),
        ("+852 9123 4567", "香港特别行政区"),
        ("+1 415 555 0101", "US/California"),
        ("+49 30 901820", "DE"),
    ],
)
def test_a_phone_alone_is_likely(resolver: Resolver, phone: str, path: str) -> None:
    found = resolver.resolve(Hints(phone=phone))

    assert (found.path, found.confidence) == (path, Confidence.LIKELY)


@pytest.mark.parametrize("text", ["", "随便写写", "asdf", "138****1234", "杭州路12号"])
def test_what_says_no_place_gives_none(resolver: Resolver, text: str) -> None:
    found = resolver.resolve(Hints(address=text))

    assert (found.path, found.confidence) == ("", Confidence.UNKNOWN)
