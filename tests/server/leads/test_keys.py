"""Keys: what is the same is the same however it is written, and a key is its own key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.leads import keys

COUNTRIES = st.sampled_from(["CN", "TW", "US", "DE", "IT", "XX", ""])
NUMBERS = st.text("0123456789+-() .转x", max_size=24) | st.text(max_size=24)
NAMES = st.text(max_size=30) | st.lists(
    st.sampled_from(["华为", "(深圳)", "有限公司", "Co.", "Ltd", " ", "Acme", "公司", "．", "ｱ"]),
    max_size=8,
).map("".join)


@given(text=NUMBERS, country=COUNTRIES)
def test_a_phone_key_is_its_own_key(text: str, country: str) -> None:
    key = keys.phone_key(text, country)

    assert keys.phone_key(key, country) == key
    assert len(key) <= 24


def test_what_is_too_long_with_its_country_identifies_nobody() -> None:
    assert keys.phone_key("100000000001", "TW") == "+886100000000001"
    assert keys.phone_key("1000000000001", "TW") == ""


@given(st.emails() | st.text(max_size=60))
def test_a_mail_key_is_its_own_key(text: str) -> None:
    key = keys.email_key(text)

    assert keys.email_key(key) == key


@given(NAMES)
def test_a_company_key_is_its_own_key(text: str) -> None:
    key = keys.company_key(text)

    assert keys.company_key(key) == key
    assert len(key) <= 200


@given(st.text(max_size=60))
def test_a_search_term_is_its_own_term(text: str) -> None:
    term = keys.search_term(text)

    assert keys.search_term(term) == term
    assert "\x00" not in term


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("CN", ["13800138000", "+86 138-0013-8000", "0086 13800138000", "１３８００１３８０００"]),
        ("TW", ["0912 345 678", "+886 912345678", "00886-912-345-678"]),
        ("US", ["(303) 555-0101", "+1 303 555 0101", "1-303-555-0101"]),
        ("DE", ["030 1234567", "+49 30 1234567"]),
        ("US", ["+86 13800138000", "008613800138000"]),
    ],
)
def test_one_number_has_one_key(country: str, written: list[str]) -> None:
    assert len({keys.phone_key(text, country) for text in written} - {""}) == 1


def test_numbers_of_two_people_keep_two_keys() -> None:
    assert keys.phone_key("0755-12345678 转 12") != keys.phone_key("0755-12345678 转 13")


@pytest.mark.parametrize("text", ["", "138****8000", "11111111111", "no phone", "-"])
def test_what_identifies_nobody_has_no_key(text: str) -> None:
    assert keys.phone_key(text) == ""


@pytest.mark.parametrize(
    "text",
    ["华为技术有限公司", "華為技術有限公司", " 华为 技术 有限责任公司 ", "华为技术股份有限公司"],
)
def test_the_legal_form_is_not_part_of_a_firm(text: str) -> None:
    assert keys.company_key(text.replace("華為技術", "华为技术")) == "华为技术"


def test_the_firm_of_another_city_is_another_firm() -> None:
    assert keys.company_key("美的(深圳)有限公司") != keys.company_key("美的(佛山)有限公司")
    assert keys.company_key("美的（深圳）有限公司") == keys.company_key("美的(深圳)有限公司")
    assert keys.company_key("美的集团") != keys.company_key("美的")


def test_a_western_firm_without_its_form() -> None:
    assert keys.company_key("ACME Tools Co., Ltd.") == keys.company_key("Acme Tools") == "acmetools"
    assert keys.company_key("公司") == "公司"
    assert keys.company_key("Limited") == "limited"
    assert keys.company_key("-") == ""


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("li.na@huawei.com", "huawei.com"),
        ("Li Na <LI.NA@Huawei.com>", "huawei.com"),
        ("12345@qq.com", ""),
        ("a@vip.163.com", ""),
        ("a@yahoo.com.tw", ""),
        ("a@hotmail.fr", ""),
        ("a@mail.liveperson.com", "mail.liveperson.com"),
        ("nobody", ""),
    ],
)
def test_a_free_mail_provider_is_no_firm(email: str, domain: str) -> None:
    assert keys.domain_of(email) == domain


def test_search_looks_into_every_field() -> None:
    text = keys.search_text("王 小明", "ＡＢＣ 公司", "+86 138-0013-8000", "A@B.com", "CRM-9")

    assert text.split("\n") == ["", "王 小明", "abc 公司", "13800138000", "a@b.com", "crm-9"]
