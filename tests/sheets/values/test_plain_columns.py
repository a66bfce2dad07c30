"""A column that is plain as a whole has the keys that its cells have one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.emails import are_plain_emails, parse_email
from evenhand.sheets.values.phones import are_plain_phones, parse_phone
from evenhand.sheets.values.text import BLANKS, are_plain_ids, are_plain_names, parse_id, parse_text

_ids = st.from_regex(r"[A-Za-z]{0,3}[0-9]{0,6}([-_eE.+][0-9]{1,3})?", fullmatch=True)
_phones = st.one_of(
    st.from_regex(r"1[0-9]{10}", fullmatch=True),
    st.from_regex(r"1[1-9]([1-9])\1{8}[1-9]", fullmatch=True),
    st.sampled_from(["13333333333", "13111111111", "13111111113", "12345678901", "", "138"]),
)
_emails = st.one_of(
    st.from_regex(r"[a-zA-Z0-9._-]{1,5}@([a-z0-9-]{1,4}\.){1,2}[a-z0-9]{1,4}", fullmatch=True),
    st.sampled_from(["a@b.cn", "x@y", "a@-b.cn", "a@b-.cn", "a.@b.c.com", "é@b.cn", ""]),
)
_names = st.text(st.sampled_from("王司ab 9.(&'=#-\u200b\u3000ﬁ"), max_size=5)


@pytest.mark.parametrize(
    ("are_plain", "parse", "cells", "usual"),
    [
        (are_plain_ids, parse_id, _ids, "L000123"),
        (are_plain_phones, parse_phone, _phones, "13812345678"),
        (are_plain_emails, parse_email, _emails, "wang01@mail.example.com"),
        (are_plain_names, parse_text, _names, "浙江天恒机械有限公司"),
    ],
)
def test_each_cell_of_a_plain_column_is_its_own_key(
    are_plain: Callable[[str], bool],
    parse: Callable[[str], Any],
    cells: st.SearchStrategy[str],
    usual: str,
) -> None:
    @given(st.lists(cells, min_size=1, max_size=3))
    def holds(column: list[str]) -> None:
        if are_plain("".join(f"{cell}\n" for cell in column)):
            assert [parse(cell) for cell in column if cell not in BLANKS] == [
                cell for cell in column if cell not in BLANKS
            ]

    holds()
    assert are_plain(f"{usual}\n{usual}\n")
    assert not are_plain(f"{usual}\n \n")
