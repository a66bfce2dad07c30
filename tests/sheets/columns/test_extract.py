"""Values of a row, read through the recognized columns."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from evenhand.sheets.columns.extract import custom_readers, parse_share, role_reader, role_readers
from evenhand.sheets.columns.recognize import recognize
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.values.periods import Period
from evenhand.sheets.values.problem import Problem


def values(header: list[str], row: list[Any], purpose: Purpose = Purpose.LEADS) -> dict[str, Any]:
    found = recognize(header, [row], purpose)
    return {role: read(row) for role, read in role_readers(found).items()}


def test_a_lead_is_read_through_its_columns() -> None:
    found = values(
        [
            "线索ID",
            "姓名",
            "手机号",
            "邮箱",
            "省份",
            "城市",
            "预算(万元)",
            "创建时间",
            "语言",
            "备注",
        ],
        [
            "L1\t",
            " 王小测 ",
            "+86 138-0000-0101",
            "A@Example.com",
            "浙江省",
            "杭州市",
            "12",
            "2026/3/1 8:05",
            "英语",
            "-",
        ],
    )

    assert found == {
        "id": "L1",
        "name": "王小测",
        "phone": "13800000101",
        "email": "a@example.com",
        "region": "浙江省/杭州市",
        "budget": 120_000,
        "created_at": datetime(2026, 3, 1, 8, 5),
        "language": "英语",
        "note": None,
    }


def test_a_rep_is_read_through_the_columns_of_a_team() -> None:
    cells = {
        "工号": "007",
        "姓名": "李四样",
        "职级": "P5",
        "权重": "0.5",
        "负责区域": "华东、广东省/深圳市",
        "擅长行业": "制造业;教育",
        "语言": "英语/日语",
        "入职日期": "2025-06-01",
        "状态": "在职",
        "请假": "2026-05-01~2026-05-05",
        "容量上限": "30",
        "导师": "E1",
    }

    found = values(list(cells), list(cells.values()), Purpose.TEAM)

    assert found == {
        "id": "007",
        "name": "李四样",
        "level": "P5",
        "weight": 50,
        "region": ("华东", "广东省/深圳市"),
        "industry": ("制造业", "教育"),
        "language": ("英语", "日语"),
        "joined_on": date(2025, 6, 1),
        "active": True,
        "leave": (Period(datetime(2026, 5, 1), datetime(2026, 5, 6)),),
        "capacity": 30,
        "mentor": "E1",
    }


def test_the_first_filled_and_usable_phone_counts() -> None:
    header = ["手机号", "座机"]
    found = recognize(header, [["13800000101", "021-62345678"]], Purpose.LEADS)
    read = role_reader(found, "phone")

    assert read is not None
    assert read(["", "021-62345678"]) == "02162345678"
    assert read(["138****0101", "021-62345678"]) == "02162345678"
    assert read(["", ""]) is None


def test_if_no_phone_is_usable_the_first_problem_names_its_column() -> None:
    found = recognize(["手机号", "座机"], [["13800000101", "021-62345678"]], Purpose.LEADS)
    read = role_reader(found, "phone")

    assert read is not None
    wrong = read(["", "12"])
    assert isinstance(wrong, Problem)
    assert (wrong.column, wrong.code) == ("座机", "sheet.phone_too_short")


@pytest.mark.parametrize(
    ("last", "first", "name"),
    [
        ("欧阳", "小测", "欧阳小测"),
        ("Müller", "Zoë", "Zoë Müller"),
        ("Denson", "", "Denson"),
        ("", "Ann", "Ann"),
        ("", "", None),
    ],
)
def test_names_are_joined_as_their_language_does(last: str, first: str, name: str | None) -> None:
    assert values(["Last Name", "First Name"], [last, first])["name"] == name


@pytest.mark.parametrize(
    ("row", "regions"),
    [
        (["浙江省", "杭州市、宁波市"], ("浙江省/杭州市", "浙江省/宁波市")),
        (["浙江省、江苏省", ""], ("浙江省", "江苏省")),
        (["浙江省、江苏省", "杭州市"], ("杭州市",)),
        (["", ""], None),
    ],
)
def test_a_rep_covers_cities_under_one_province_or_provinces(
    row: list[str], regions: object
) -> None:
    assert values(["负责省份", "负责城市"], row, Purpose.TEAM)["region"] == regions


def test_a_bad_part_spoils_the_whole_with_its_reason() -> None:
    found = values(["省份", "城市"], ["浙江省", "#N/A"])["region"]

    assert isinstance(found, Problem)
    assert (found.column, found.code) == ("城市", "sheet.cell_error")


def test_fields_of_their_own_are_read_in_their_kind() -> None:
    rows = [["3", "是", "a、b"], ["1,200", "否", "c"]]
    found = recognize(["次数", "首购", "标签"], rows, Purpose.LEADS)

    assert {name: read(rows[1]) for name, read in custom_readers(found).items()} == {
        "次数": 1200,
        "首购": False,
        "标签": ("c",),
    }


def test_a_value_remembered_is_not_taken_for_one_of_another_type() -> None:
    found = recognize(["标记"], [["x"], ["y"]], Purpose.LEADS)
    (read,) = custom_readers(found).values()

    assert [read([cell]) for cell in ("1", 1, True, Decimal(1), "1", True)] == [
        "1", "1", "true", "1", "1", "true",
    ]  # fmt: skip


def test_a_row_that_ends_early_has_nothing_there() -> None:
    found = recognize(["姓名", "备注"], [["王", "x"]], Purpose.LEADS)
    read = role_reader(found, "note")

    assert read is not None
    assert read(["王"]) is None


def test_a_role_without_a_column_has_no_reader() -> None:
    assert role_reader(recognize(["姓名"], [["王"]], Purpose.LEADS), "phone") is None


@pytest.mark.parametrize(
    ("cell", "factor", "hundredths"),
    [
        ("1", 100, 100),
        ("0.333", 100, 33),
        ("0.335", 100, 34),
        ("80", 1, 80),
        ("80%", 1, 80),
        ("80％", 100, 80),
        (2, 100, 200),
    ],
)
def test_shares_come_in_hundredths(cell: Any, factor: int, hundredths: int) -> None:
    assert parse_share(cell, factor=factor) == hundredths


def test_a_share_that_is_no_number_is_a_problem() -> None:
    assert isinstance(parse_share("一半"), Problem)
    assert parse_share("") is None
