"""Every reason of the sheets has its words, and every problem its remedy."""

import string

import pytest

from evenhand.engine.reasons import CODES, reason
from evenhand.sheets.plain import PLAIN, plain, remedy

SHEET_CODES = sorted(code for code in CODES if code.startswith("sheet."))


def test_codes_and_words_are_the_same_set() -> None:
    assert sorted(PLAIN) == SHEET_CODES


@pytest.mark.parametrize("code", SHEET_CODES)
def test_the_words_of_a_code_use_its_parameters_and_no_others(code: str) -> None:
    named = {
        name
        for template in PLAIN[code]
        for _, name, _, _ in string.Formatter().parse(template)
        if name
    }

    assert named == set(CODES[code])


def test_lists_among_the_parameters_are_parted_by_commas() -> None:
    said = reason("sheet.sheet_unknown", file="a.xlsx", sheet="C", sheets=("A", "B"))

    assert plain(said) == "a.xlsx has no sheet “C”. Choose one of: A, B."
    assert remedy(said) == "Choose one of: A, B."
