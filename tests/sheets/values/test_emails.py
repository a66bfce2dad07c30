"""E-mail addresses: one key per address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.emails import is_certain_email, parse_email
from evenhand.sheets.values.problem import Problem


@pytest.mark.parametrize(
    "written",
    [
        "ann.smith@example.com",
        " Ann.Smith@Example.COM\t",
        "mailto:ann.smith@example.com",
        "Ann Smith <ann.smith@example.com>",
        "ann.smith＠example.com",
        "ann.smith@example.com.",
        "ann.smith@example.com; bob@example.com",
        "邮箱 ann.smith@example.com",
        "\ufeffann.smith@example.com",
    ],
)
def test_every_way_to_write_an_address_gives_one_key(written: str) -> None:
    assert parse_email(written) == "ann.smith@example.com"


@pytest.mark.parametrize("address", ["张三@例子.公司", "a+b@mail.example.co.uk", "x_1@a-b.cn"])
def test_unusual_but_valid_addresses_pass(address: str) -> None:
    assert parse_email(address) == address


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a***@example.com", "sheet.email_masked"),
        ("ann.smith", "sheet.email_unreadable"),
        ("ann@example", "sheet.email_unreadable"),
        ("@example.com", "sheet.email_unreadable"),
        ("13800000101", "sheet.email_unreadable"),
        ("#REF!", "sheet.cell_error"),
    ],
)
def test_what_is_no_address_is_a_problem(written: str, code: str) -> None:
    found = parse_email(written)

    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize("blank", ["", "-", "null", " \u00a0"])
def test_a_blank_address_is_nothing(blank: str) -> None:
    assert parse_email(blank) is None


@given(st.emails())
def test_a_key_is_its_own_key(address: str) -> None:
    key = parse_email(address)

    assert isinstance(key, Problem) or parse_email(key) == key


def test_only_a_whole_address_is_unmistakable() -> None:
    assert is_certain_email(" A@Example.com ")
    assert not is_certain_email("ask a@example.com")
