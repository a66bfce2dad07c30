"""`--map "COLUMN=ROLE"`."""

import pytest

from evenhand.sheets.columns.override import Override, UnreadableOverride, parse_overrides
from evenhand.sheets.columns.roles import CellKind, Purpose

HEADER = ("列1", "列2", "a=b")


@pytest.mark.parametrize(
    ("text", "column", "override"),
    [
        ("列1=phone", "列1", Override("phone")),
        ("列1 = Phone ", "列1", Override("phone")),
        ("列1=手机号", "列1", Override("phone")),
        ("列1=負責人", "列1", Override("owner")),
        ("列1=region.province", "列1", Override("region", "province")),
        ("列1=省份", "列1", Override("region", "province")),
        ("列1=ignore", "列1", Override()),
        ("列1=忽略", "列1", Override()),
        ("列1=custom", "列1", Override(is_custom=True)),
        ("列1=custom:number", "列1", Override(is_custom=True, kind=CellKind.NUMBER)),
        ("列1=custom:list", "列1", Override(is_custom=True, kind=CellKind.LIST)),
        ("列1=custom:text", "列1", Override(is_custom=True, kind=CellKind.TEXT)),
        ("a=b=note", "a=b", Override("note")),
    ],
)
def test_the_users_word_is_understood(text: str, column: str, override: Override) -> None:
    assert parse_overrides([text], HEADER, Purpose.LEADS) == {column: override}


@pytest.mark.parametrize(
    ("texts", "code", "said"),
    [
        (["列1"], "sheet.map_unreadable", "Write it as COLUMN=ROLE."),
        (["=phone"], "sheet.map_unreadable", "“=phone” is not understood"),
        (["列1="], "sheet.map_unreadable", "not understood"),
        (["列9=phone"], "sheet.map_column_unknown", "The columns are: 列1, 列2, a=b."),
        (["列1=weight"], "sheet.map_role_unknown", "The roles are: id, kind, name"),
        (["列1=region.street"], "sheet.map_role_unknown", "“region.street” is not a role"),
        (["列1=custom:money"], "sheet.map_role_unknown", "“custom:money” is not a role"),
        (["列1=phone", "列1=email"], "sheet.map_column_twice", "names column “列1” twice"),
    ],
)
def test_what_is_not_understood_is_refused_in_words(texts: list[str], code: str, said: str) -> None:
    with pytest.raises(UnreadableOverride) as refused:
        parse_overrides(texts, HEADER, Purpose.LEADS)

    assert refused.value.reason.code == code
    assert said in str(refused.value)
