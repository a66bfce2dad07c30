"""Phone numbers: one key per number, and never a key that could be two people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.phones import is_certain_phone, parse_phone
from evenhand.sheets.values.problem import Problem

MOBILE = "13800000101"


@pytest.mark.parametrize(
    "written",
    [
        "13800000101",
        " 13800000101\t",
        "138 0000 0101",
        "138-0000-0101",
        "+86 138 0000 0101",
        "+8613800000101",
        "86-13800000101",
        "008613800000101",
        "(+86)138-0000-0101",
        "１３８０００００１０１",
        "13800000101.0",
        '="13800000101"',
        "'13800000101",
        "手机：13800000101",
        "Tel: 138 0000 0101",
        "13800000101\u00a0",
        "\u200b13800000101",
        13800000101,
        Decimal("13800000101"),
    ],
)
def test_every_way_to_write_a_chinese_mobile_gives_one_key(written: object) -> None:
    assert parse_phone(written) == MOBILE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("021-62345678", "02162345678"),
        ("+86 21 6234 5678", "02162345678"),
        ("0086-21-62345678", "02162345678"),
        ("021-62345678-802", "02162345678x802"),
        ("021-62345678转802", "02162345678x802"),
        ("021 62345678 ext. 802", "02162345678x802"),
        ("400-800-8888", "4008008888"),
        ("62345678", "62345678"),
        ("+49 30 5550101", "+49305550101"),
        ("0049 30 5550101", "+49305550101"),
        ("(202) 555-0103", "2025550103"),
        ("202.555.0103", "2025550103"),
        ("+1 (303) 555-0101", "+13035550101"),
        ("1-303-555-0101", "+13035550101"),
        ("+852 6123 4567", "+85261234567"),
        ("0912-345-678", "0912345678"),
    ],
)
def test_other_numbers_keep_their_digits_and_country(written: str, key: str) -> None:
    assert parse_phone(written) == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("13800000101/13900000102", "13800000101"),
        ("13800000101、021-62345678", "13800000101"),
        ("13800000101 13900000102", "13800000101"),
        ("138****0101;13900000102", "13900000102"),
        ("无手机, 13900000102", "13900000102"),
    ],
)
def test_of_several_numbers_the_first_usable_one_counts(written: str, key: str) -> None:
    assert parse_phone(written) == key


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.38E+10", "sheet.phone_digits_lost"),
        ("1.33e10", "sheet.phone_digits_lost"),
        ("138****0101", "sheet.phone_masked"),
        ("138xxxx0101", "sheet.phone_masked"),
        ("138 **** 0101", "sheet.phone_masked"),
        ("1560000011", "sheet.phone_too_short"),
        ("12345", "sheet.phone_too_short"),
        ("1234567890123456", "sheet.phone_too_long"),
        ("wx_test00", "sheet.phone_unreadable"),
        ("a@example.com", "sheet.phone_unreadable"),
        ("00000000000", "sheet.phone_invented"),
        ("13333333333", "sheet.phone_invented"),
        ("12345678901", "sheet.phone_invented"),
        ("#N/A", "sheet.cell_error"),
    ],
)
def test_what_cannot_identify_a_person_is_a_problem(written: str, code: str) -> None:
    found = parse_phone(written)

    assert isinstance(found, Problem)
    assert found.code == code
    assert found.value == written
    assert found.remedy


@pytest.mark.parametrize("blank", ["", "  ", "-", "\t", "null", "N/A", "\u3000"])
def test_a_blank_phone_is_nothing(blank: str) -> None:
    assert parse_phone(blank) is None


def test_a_short_number_says_how_many_digits_it_has() -> None:
    found = parse_phone("1560000011")

    assert str(found) == "“1560000011” has only 10 digits. Add what is missing."


@given(st.integers(3, 9), st.integers(0, 999_999_999))
def test_a_key_is_its_own_key(second: int, rest: int) -> None:
    key = parse_phone(f"+86 1{second}{rest:09d}")

    assert isinstance(key, Problem) or parse_phone(key) == key


@given(st.text(max_size=40))
def test_any_text_gives_a_key_a_problem_or_nothing(text: str) -> None:
    found = parse_phone(text)

    assert (
        found is None or isinstance(found, Problem) or found.lstrip("+").replace("x", "").isdigit()
    )


@pytest.mark.parametrize("cell", ["13800000101", "+86 138-0000-0101", "+4930555010", "138****0101"])
def test_an_unmistakable_number_is_known_without_a_heading(cell: str) -> None:
    assert is_certain_phone(cell)


@pytest.mark.parametrize("cell", ["579533", "20260301", "2025550103", "", "张三", 13.5])
def test_digits_alone_are_no_sign_of_a_phone(cell: object) -> None:
    assert not is_certain_phone(cell)  # type: ignore[arg-type]
