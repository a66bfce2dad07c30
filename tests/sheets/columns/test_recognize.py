"""Columns of a sheet recognized: by word, by name, by content, or kept as they are."""

from decimal import Decimal
from typing import Any

import pytest

from evenhand.engine.facts import FieldType
from evenhand.engine.reasons import Reason
from evenhand.sheets.columns.field_names import field_name
from evenhand.sheets.columns.mapping import Column, ColumnMap, FoundBy
from evenhand.sheets.columns.override import Override
from evenhand.sheets.columns.recognize import recognize
from evenhand.sheets.columns.roles import CellKind, Purpose
from evenhand.sheets.values.dates import DateOrder

LEADS, TEAM, HISTORY = Purpose.LEADS, Purpose.TEAM, Purpose.HISTORY


def slots(found: ColumnMap) -> dict[str, str]:
    return {column.header: column.slot for column in found.columns}


def column(found: ColumnMap, header: str) -> Column:
    return next(column for column in found.columns if column.header == header)


def noted(found: ColumnMap, code: str) -> list[Reason]:
    return [note for note in found.notes if note.code == code]


def test_names_settle_roles_and_the_rest_is_kept() -> None:
    found = recognize(
        ["线索ID", "姓名", "手机号", "意向车型", "到店次数"],
        [["L1", "王小测", "13800000101", "SUV", "3"], ["L2", "李四样", "13900000102", "轿车", "1"]],
        LEADS,
    )

    assert slots(found) == {
        "线索ID": "id",
        "姓名": "name",
        "手机号": "phone",
        "意向车型": "product",
        "到店次数": "",
    }
    assert column(found, "姓名").found_by is FoundBy.NAME
    assert column(found, "姓名").confidence == 100
    assert [(c.field, c.kind) for c in found.custom] == [("到店次数", CellKind.NUMBER)]
    assert [note["columns"] for note in noted(found, "sheet.columns_custom")] == [("到店次数",)]


def test_unnamed_columns_are_recognized_by_content() -> None:
    found = recognize(
        ["A", "B", "C", "D", "E"],
        [
            ["王小测", "13800000101", "a@example.com", "浙江省杭州市", "2026-03-01 08:05"],
            ["李四样", "+86 139 0000 0102", "b@example.com", "上海市", "2026-03-02 09:05"],
            ["欧阳测", "138****0101", "", "华东", "2026/3/3"],
        ],
        LEADS,
    )

    assert slots(found) == {"A": "", "B": "phone", "C": "email", "D": "region", "E": "created_at"}
    assert {column(found, name).found_by for name in "BCDE"} == {FoundBy.CONTENT}
    assert all(column(found, name).confidence < 100 for name in "BCDE")
    assert [note["role"] for note in noted(found, "sheet.column_guessed")] == [
        "phone", "email", "region", "created_at",
    ]  # fmt: skip


def test_content_never_contests_a_name() -> None:
    found = recognize(
        ["手机号", "紧急联系人"],
        [["13800000101", "13900000102"], ["13700000103", "13600000104"]],
        LEADS,
    )

    assert slots(found) == {"手机号": "phone", "紧急联系人": ""}
    assert column(found, "紧急联系人").is_personal


def test_two_dates_without_names_are_both_kept() -> None:
    found = recognize(["x", "y"], [["2026-03-01", "2026-03-02"]], LEADS)

    assert slots(found) == {"x": "", "y": ""}
    assert {c.kind for c in found.custom} == {CellKind.DATE}


def test_a_name_that_the_values_belie_is_not_believed() -> None:
    found = recognize(["电话", "姓名"], [["已拨打", "王"], ["未拨打", "李"]], LEADS)

    assert slots(found) == {"电话": "", "姓名": "name"}
    assert [(n["column"], n["role"]) for n in noted(found, "sheet.column_content_differs")] == [
        ("电话", "phone")
    ]


def test_an_empty_column_is_what_its_name_says() -> None:
    assert slots(recognize(["手机号", "邮箱"], [["", ""]], LEADS)) == {
        "手机号": "phone",
        "邮箱": "email",
    }


def test_masked_phones_are_phones_all_the_same() -> None:
    assert slots(recognize(["电话"], [["138****0101"], ["1.38E+10"]], LEADS)) == {"电话": "phone"}


@pytest.mark.parametrize(
    ("purpose", "header", "cells", "slot"),
    [
        (LEADS, "员工数", ["50-99人", "100-499人"], "size"),
        (LEADS, "评分", ["A", "B+"], "grade"),
        (HISTORY, "结果", ["已加微信群", "待二次邀约"], "status"),
        (LEADS, "预算", ["5-10万", "10-20万"], ""),
        (TEAM, "状态", ["A组", "B组"], ""),
    ],
)
def test_values_of_another_kind_lead_to_the_role_they_fit(
    purpose: Purpose, header: str, cells: list[str], slot: str
) -> None:
    assert slots(recognize([header], [[cell] for cell in cells], purpose)) == {header: slot}


def test_of_two_columns_with_one_role_the_better_name_wins_and_it_is_said() -> None:
    found = recognize(
        ["Prospect ID", "Lead Number", "Lead Origin", "Lead Source"],
        [["571b", "579533", "API", "Google"]],
        LEADS,
    )

    assert slots(found) == {
        "Prospect ID": "",
        "Lead Number": "id",
        "Lead Origin": "",
        "Lead Source": "source",
    }
    assert [(n["kept"], n["column"], n["role"]) for n in noted(found, "sheet.column_doubled")] == [
        ("Lead Number", "Prospect ID", "id"),
        ("Lead Source", "Lead Origin", "source"),
    ]


def test_several_phones_fall_back_in_the_order_of_their_names() -> None:
    found = recognize(
        ["座机", "手机号", "Phone(2)"], [["021-62345678", "13800000101", "13900000102"]], LEADS
    )

    assert [c.header for c in found.of("phone")] == ["手机号", "Phone(2)", "座机"]
    assert [n["role"] for n in noted(found, "sheet.columns_fall_back")] == ["phone"]


def test_parts_of_a_region_stand_in_order_however_the_file_has_them() -> None:
    found = recognize(
        ["区", "City", "省份", "国家"], [["余杭区", "杭州市", "浙江省", "中国"]], LEADS
    )

    assert [c.part for c in found.of("region")] == ["country", "province", "city", "district"]
    assert [n["role"] for n in noted(found, "sheet.columns_joined")] == ["region"]


def test_a_large_area_comes_before_the_province_but_a_repeated_region_does_not() -> None:
    area = recognize(["省份", "大区"], [["浙江省", "华东"]], LEADS)
    repeated = recognize(["省份", "地区"], [["浙江省", "浙江省杭州市"]], LEADS)

    assert [c.header for c in area.of("region")] == ["大区", "省份"]
    assert [c.header for c in repeated.of("region")] == ["省份"]


def test_a_whole_name_makes_its_pieces_needless() -> None:
    found = recognize(
        ["First Name", "Full Name", "Last Name"], [["Ann", "Ann Smith", "Smith"]], LEADS
    )

    assert slots(found) == {"First Name": "", "Full Name": "name", "Last Name": ""}
    assert all(c.is_personal for c in found.columns)


def test_units_in_the_heading_are_noted() -> None:
    found = recognize(["预算(万元)", "姓名"], [["12", "王"]], LEADS)

    assert column(found, "预算(万元)").factor == 10_000
    assert [(n["column"], n["factor"]) for n in noted(found, "sheet.column_unit")] == [
        ("预算(万元)", 10_000)
    ]


@pytest.mark.parametrize(
    ("cells", "factor"),
    [(["1", "0.5", "2"], 100), (["100", "50"], 1), (["100%", "80%"], 100), ([], 1)],
)
def test_weights_are_shares_or_hundredths_by_their_size(cells: list[str], factor: int) -> None:
    found = recognize(["姓名", "权重"], [["x", cell] for cell in cells], TEAM)

    assert column(found, "权重").factor == factor
    assert len(noted(found, "sheet.column_shares")) == (factor == 100)


def test_the_order_of_dates_is_shown_by_one_value_and_said() -> None:
    found = recognize(["姓名", "创建时间"], [["a", "1/2/2026"], ["b", "13/2/2026"]], LEADS)

    assert column(found, "创建时间").date_order is DateOrder.DAY
    assert [(n["order"], n["value"]) for n in noted(found, "sheet.date_order_shown")] == [
        ("day", "13/2/2026")
    ]


def test_an_order_that_nothing_shows_is_said_and_not_guessed() -> None:
    found = recognize(["姓名", "创建时间"], [["a", "1/2/2026"]], LEADS)

    assert column(found, "创建时间").date_order is None
    assert [n["value"] for n in noted(found, "sheet.date_order_unknown")] == ["1/2/2026"]


def test_contradicting_orders_are_said() -> None:
    found = recognize(["姓名", "创建时间"], [["a", "13/2/2026"], ["b", "2/13/2026"]], LEADS)

    assert column(found, "创建时间").date_order is None
    assert len(noted(found, "sheet.date_order_mixed")) == 1


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["是", "否"], CellKind.BOOLEAN),
        (["0", "1"], CellKind.BOOLEAN),
        (["1", "1"], CellKind.NUMBER),
        (["3", "1.5万", "20%"], CellKind.NUMBER),
        ([3, Decimal("1.5")], CellKind.NUMBER),
        (["00123", "00456"], CellKind.TEXT),
        (["1700000000000000", "1700000000000001"], CellKind.TEXT),
        (["2026-03-01", "2026/3/2"], CellKind.DATE),
        (["2026-03-01 08:00", "2026-03-02"], CellKind.DATETIME),
        (["20260301", "20260302"], CellKind.NUMBER),
        (["a、b", "c", "d;e"], CellKind.LIST),
        (["Main St 1\nSuite 2", "x"], CellKind.TEXT),
        (["SUV", "轿车"], CellKind.TEXT),
        ([], CellKind.TEXT),
    ],
)
def test_a_field_of_its_own_gets_the_kind_of_its_values(cells: list[Any], kind: CellKind) -> None:
    found = recognize(["自有字段"], [[cell] for cell in cells], HISTORY)

    assert found.custom[0].kind is kind


def test_fields_of_their_own_become_fields_of_conditions() -> None:
    found = recognize(
        ["偏好度 (1-5)", "Score", "评分", "微信号"], [["3", "80", "90", "wx1"]], LEADS
    )

    specs = {spec.path: spec for spec in found.field_specs()}

    assert set(specs) == {"lead.偏好度_1_5", "lead.score_2", "lead.微信号"}
    assert specs["lead.偏好度_1_5"].type is FieldType.NUMBER
    assert specs["lead.微信号"].personal


def test_the_fields_of_a_team_are_fields_of_reps() -> None:
    found = recognize(["姓名", "最高学历"], [["王", "本科"]], TEAM)

    assert [spec.path for spec in found.field_specs()] == ["rep.最高学历"]


def test_a_team_without_any_known_name_is_read_by_its_first_unique_column() -> None:
    found = recognize(["组员", "组"], [["王小测", "A"], ["李四样", "A"]], TEAM)

    assert slots(found)["组员"] == "name"
    assert column(found, "组员").found_by is FoundBy.CONTENT


def test_the_users_word_counts_more_than_names_and_values() -> None:
    found = recognize(
        ["手机号", "编码", "来源", "备注"],
        [["13800000101", "13900000102", "抖音", "x"]],
        LEADS,
        overrides={
            "手机号": Override(),
            "编码": Override("phone"),
            "来源": Override(is_custom=True),
            "备注": Override(is_custom=True, kind=CellKind.LIST),
        },
    )

    assert slots(found) == {"手机号": "", "编码": "phone", "来源": "", "备注": ""}
    assert column(found, "编码").found_by is FoundBy.OVERRIDE
    assert column(found, "手机号").field == ""
    assert {c.field: c.kind for c in found.custom} == {"来源": CellKind.TEXT, "备注": CellKind.LIST}


def test_after_the_users_word_no_column_is_called_a_double() -> None:
    found = recognize(["A号", "线索ID"], [["1", "2"]], LEADS, overrides={"A号": Override("id")})

    assert slots(found) == {"A号": "id", "线索ID": ""}
    assert not noted(found, "sheet.column_doubled")


@pytest.mark.parametrize(
    ("header", "taken", "name"),
    [
        ("意向车型", set(), "意向车型"),
        ("Zip/Postal Code", set(), "zip_postal_code"),
        ("2026预算", set(), "f_2026预算"),
        ("到店 次数（次）", set(), "到店_次数_次"),
        ("###", set(), "field"),
        ("Name", {"name", "name_2"}, "name_3"),
        ("很" * 200, set(), "很" * 60),
    ],
)
def test_field_names_are_in_the_words_of_the_file(header: str, taken: set[str], name: str) -> None:
    assert field_name(header, taken) == name
