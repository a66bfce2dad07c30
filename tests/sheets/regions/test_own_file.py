"""A company's own file of divisions, laid over the list; mistakes are named by row and value."""

import json
from pathlib import Path

import pytest

from evenhand.sheets.regions.hints import Confidence, Hints
from evenhand.sheets.regions.load import resolver, resolver_with
from evenhand.sheets.regions.own_file import UnreadableRegions, read_regions
from evenhand.sheets.regions.tables import shipped_list

HEAD = "code,name,aliases,became,year\n"


def laid(folder: Path, text: str, name: str = "regions.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(file: Path) -> list[tuple[str, object, object]]:
    with pytest.raises(UnreadableRegions) as refused:
        read_regions(file, shipped_list())
    return [
        (why.code, dict(why.params).get("row"), dict(why.params).get("value"))
        for why in refused.value.reasons
    ]


def test_a_new_division_and_a_further_spelling_are_understood(tmp_path: Path) -> None:
    file = laid(tmp_path, HEAD + "330115,未来区,云城|未来科技城,,\n330110,,余杭老城,,\n")

    found = resolver_with(file)

    for address, path in [
        ("浙江省杭州市未来区", "浙江省/杭州市/未来区"),
        ("杭州未来科技城", "浙江省/杭州市/未来区"),
        ("杭州余杭老城", "浙江省/杭州市/余杭区"),
        ("杭州余杭", "浙江省/杭州市/余杭区"),
    ]:
        assert found.resolve(Hints(address=address)).path == path


def test_a_merged_division_leads_to_what_it_became_with_year_and_source(tmp_path: Path) -> None:
    file = laid(tmp_path, HEAD + "330108,滨江区,,330109,2027\n")

    found = resolver_with(file).resolve(Hints(address="杭州市滨江区"))

    assert (found.path, found.confidence) == ("浙江省/杭州市/萧山区", Confidence.SURE)
    [why] = [why for why in found.evidence if why.code == "region.merged"]
    assert dict(why.params)["year"] == 2027
    assert dict(why.params)["decree"] == "company"


def test_a_renamed_division_is_found_by_both_names(tmp_path: Path) -> None:
    file = laid(tmp_path, HEAD + "330111,富春区,,,2028\n")
    renamed = resolver_with(file)

    assert renamed.resolve(Hints(address="杭州市富春区")).path == "浙江省/杭州市/富春区"
    assert renamed.resolve(Hints(address="杭州市富阳区")).path == "浙江省/杭州市/富春区"
    # What led to the old one goes on to the new one.
    assert renamed.resolve(Hints(address="浙江富阳市")).path == "浙江省/杭州市/富春区"


def test_json_says_the_same(tmp_path: Path) -> None:
    entries = [{"code": "330115", "name": "未来区", "aliases": ["云城"], "year": None}]
    file = laid(tmp_path, json.dumps(entries), "regions.json")

    assert resolver_with(file).resolve(Hints(address="杭州云城")).place.code == "330115"


def test_every_mistake_is_named_by_its_row_and_value(tmp_path: Path) -> None:
    file = laid(
        tmp_path,
        HEAD
        + "33011,未来区,,,\n"  # 2
        + "330115,X,,,\n"  # 3
        + "330116,甲区,,999999,2027\n"  # 4
        + "330117,乙区,,330110,\n"  # 5
        + "330118,丙区,,330110,二〇二七\n"  # 6
        + "990101,丁区,,,\n"  # 7
        + "330115,戊区,,,\n",  # 8
    )

    assert mistakes(file) == [
        ("region.row_code", 2, "33011"),
        ("region.row_name", 3, "X"),
        ("region.row_became", 4, "999999"),
        ("region.row_year", 5, ""),
        ("region.row_year", 6, "二〇二七"),
        ("region.row_parent", 7, "990101"),
        ("region.row_repeated", 8, "330115"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("编码,名称\n330115,未来区\n", "regions.csv", "region.file_column_missing"),
        ('code,name\n330115,"未来', "regions.csv", "region.file_unreadable"),
        ("{", "regions.json", "region.file_unreadable"),
        ('{"code": 1}', "regions.json", "region.file_unreadable"),
        ("[1]", "regions.json", "region.file_unreadable"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, name: str, code: str) -> None:
    assert [why for why, _, _ in mistakes(laid(tmp_path, text, name))] == [code]


def test_bytes_that_are_no_utf8_are_refused_with_their_row(tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_bytes(HEAD.encode() + "330115,未来区,,,\n".encode("gb18030"))

    assert mistakes(file) == [("region.file_unreadable", 2, None)]


def test_the_file_of_a_data_folder_counts_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    hints = Hints(address="杭州云城")
    assert resolver(tmp_path).resolve(hints).path == "浙江省/杭州市"

    laid(tmp_path, HEAD + "330115,未来区,云城,,\n")

    assert resolver(tmp_path).resolve(hints).path == "浙江省/杭州市/未来区"
    assert resolver().resolve(hints).path == "浙江省/杭州市"
